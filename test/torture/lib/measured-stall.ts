import { readFileSync, writeFileSync } from 'node:fs'
import { type Pinged, startPinger } from './pinger.ts'
import { processorTimes } from './processor-times.ts'

/** How long one request may keep all others waiting, on an idle machine. */
export const STALL_GOAL_MS = 100

/** For the pinger to start, and to ask a few times. */
const SETTLE_MS = 250

export interface Stall<T> {
  value: T
  tookMs: number
  /** The worst answer of `/health` meanwhile. */
  waitedMs: number
  /** Of the server's event loop. */
  cpuMs: number
}

/** Does something to a server while another process asks for `/health` every 20 ms. */
export async function measureStall<T>(server: Pinged, work: () => Promise<T>): Promise<Stall<T>> {
  const pinger = startPinger(server)
  await Bun.sleep(SETTLE_MS)
  const cpuBeforeMs = processorTimes(server.pid).workedMs
  const startedMs = performance.now()
  const value = await work()
  const tookMs = performance.now() - startedMs
  const cpuMs = processorTimes(server.pid).workedMs - cpuBeforeMs
  await Bun.sleep(SETTLE_MS / 5)
  const { worstMs } = await pinger.stop()
  return { value, tookMs, waitedMs: worstMs, cpuMs }
}

/** What an idle machine would show at most: others wait for the event loop, and for other threads of the server. */
export function stallMs({ waitedMs, cpuMs }: Pick<Stall<unknown>, 'waitedMs' | 'cpuMs'>): number {
  return Math.round(Math.min(waitedMs, cpuMs))
}

/** The most memory that a process has held since the last time this was asked, in MB. */
export function takePeakMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}
