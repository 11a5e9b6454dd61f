/** Resolves in the next turn of the event loop, once everybody else has had theirs. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
