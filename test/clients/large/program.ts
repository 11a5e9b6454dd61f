import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bareEnv, emptyFolder, type Env, within } from '../../binary/ares.ts'
import type { Client, Place } from '../table/client.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'

/** Long enough for a first start on a machine that does other things too. */
const END_MS = 180_000

/** How a program is started to answer one prompt and end. */
export interface Program {
  name: string
  package: string
  /** In `node_modules/.bin`. */
  executable: string
  /** What is put into its home beforehand: path and text. */
  home?(place: Place): Record<string, string>
  env?(place: Place): Env
  args(place: Place, prompt: string): string[]
}

/**
 * A program as a client: what it writes on its standard output is what its user gets. It streams whatever it is asked.
 *
 * @param folder where it works: the notes are there
 */
export function programClient(program: Program, folder: string): Client {
  const { name, package: from } = program
  // One home for all, as its user has: the next start is quicker.
  const home = emptyFolder()
  return {
    name,
    package: from,
    stream: (place) => run(program, place, HELLO, home, folder),
    tools: (place) => run(program, place, READ_THE_NOTES, home, folder),
  }
}

async function run(program: Program, place: Place, prompt: string, home: string, cwd: string) {
  for (const [path, text] of Object.entries(program.home?.(place) ?? {})) {
    mkdirSync(join(home, dirname(path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  const executable = join(import.meta.dir, 'node_modules/.bin', program.executable)
  const child = Bun.spawn([executable, ...program.args(place, prompt)], {
    cwd,
    env: bareEnv({ HOME: home, ARES_KEY: place.key, ...program.env?.(place) }),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  try {
    const outputs = [child.stdout, child.stderr].map((stream) => new Response(stream).text())
    const [output = '', problems = ''] = await within(
      END_MS,
      Promise.all(outputs),
      () => `${program.name} did not end`,
    )
    const code = await child.exited
    if (code !== 0) throw new Error(`it ended with ${code}: ${`${output}\n${problems}`.trim()}`)
    return output
  } finally {
    child.kill('SIGKILL')
  }
}
