import { describe } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const INSTALL = 'bun run clients'
const isInstalled = ['../../clients/typescript', '.'].every((folder) =>
  existsSync(join(import.meta.dir, folder, 'node_modules')),
)

if (!isInstalled && process.env['CI'] === 'true')
  throw new Error(`The packages of the clients are not installed: ${INSTALL}`)
if (!isInstalled)
  console.warn(`skipped: the clients, whose packages are not installed here (${INSTALL})`)

/** `describe` for what needs the packages of `test/clients`: skipped, and said so, where they are not installed. */
export const describeClient = isInstalled ? describe : describe.skip

/**
 * A package of `test/clients`. Where they are not installed it is empty, and no test runs that would look into it.
 *
 * @example
 * const { OpenAI } = await installed(() => import('openai'))
 */
export function installed<Module extends object>(load: () => Promise<Module>): Promise<Module> {
  return isInstalled ? load() : Promise.resolve({} as Module)
}
