/**
 * The processor time that this thread takes for the work, in milliseconds. How long it took by the clock would depend
 * on who else is at work on the machine.
 */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
