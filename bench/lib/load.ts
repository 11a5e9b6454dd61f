import { join } from 'node:path'
import { commandLine, type LoadResult } from './asked.ts'
import type { Contestant } from './contestants.ts'
import { LOAD_CORE } from './process.ts'

/** No load goes on for longer, whatever the server does. */
const MAX_LOAD_MS = 30 * 60_000

/** Sends requests over keep-alive connections, for so many seconds or so many requests. */
export function load(
  contestant: Contestant,
  limits: { connections: number; think?: number } & ({ seconds: number } | { requests: number }),
): Promise<LoadResult> {
  return generate('closed-loop.ts', contestant, limits)
}

/** Opens streams `gap` ms apart and reads them to their end; times are those to the first event. */
export function openStreams(
  contestant: Contestant,
  numbers: { streams: number; gap: number },
): Promise<LoadResult> {
  return generate('open-streams.ts', contestant, numbers)
}

/** From a process of its own. */
async function generate(
  program: string,
  contestant: Contestant,
  numbers: Record<string, number>,
): Promise<LoadResult> {
  const script = join(import.meta.dir, program)
  const generator = ['bun', script, ...commandLine(contestant, numbers)]
  const child = Bun.spawn(['taskset', '-c', String(LOAD_CORE), ...generator], {
    stdout: 'pipe',
    timeout: MAX_LOAD_MS,
  })
  return JSON.parse(await new Response(child.stdout).text()) as LoadResult
}
