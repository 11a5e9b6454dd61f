/**
 * Looks again and again until it is so. It has no limit of its own: what never comes is ended by the time limit of the
 * test, which is long enough for a busy machine.
 */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await Bun.sleep(2)
}

/**
 * Waits until a figure has stopped growing: nothing was added for half a second in which this process had its turns.
 */
export async function untilItStands(figure: () => number): Promise<void> {
  for (let seen = -1; seen !== figure();) {
    seen = figure()
    for (let look = 0; look < 50 && seen === figure(); look++) await Bun.sleep(10)
  }
}

/** Lets everything happen that is under way and waits for nothing outside, some turns of the event loop long. */
export async function someTurns(turns = 10): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Bun.sleep(0)
}
