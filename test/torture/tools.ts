import type { Report } from './scenario.ts'

/*
 * What some scenarios need from the machine. Where it is missing they say so and are no problem: a developer's laptop
 * or a container without privileges still runs the others.
 */

/** Each tool as the harmless command that shows whether it works here. */
const PROBES = {
  strace: ['strace', '-f', '-qq', '-o', '/dev/null', 'true'],
  mount: ['unshare', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'],
  prlimit: ['prlimit', '--nofile=64:64', 'true'],
}

/** Why a scenario that needs this tool is skipped; null when the tool works. */
export function missing(tool: keyof typeof PROBES): string | null {
  return works(PROBES[tool]) ? null : `${tool} does not work here`
}

function works(command: string[]): boolean {
  try {
    return Bun.spawnSync(command, { stdout: 'ignore', stderr: 'ignore' }).exitCode === 0
  } catch {
    return false
  }
}

const LIBRARY_FOLDERS = ['lib/*/faketime', 'lib64/faketime', 'lib/faketime']

/** The library that lies about the time to a program it is preloaded into; null where it is not installed. */
export function faketimeLibrary(): string | null {
  const found = LIBRARY_FOLDERS.flatMap((folder) => [
    ...new Bun.Glob(`${folder}/libfaketimeMT.so.1`).scanSync({ cwd: '/usr', absolute: true }),
  ])
  return found[0] ?? null
}

/** The report of a scenario that cannot be played on this machine. */
export function skipped(heading: Pick<Report, 'title' | 'goal'>, reason: string): Report {
  return { ...heading, measured: `skipped: ${reason}`, rows: [], problems: [] }
}
