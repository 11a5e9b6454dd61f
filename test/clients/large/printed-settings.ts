import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Env } from '../../binary/ares.ts'
import type { Place } from '../table/client.ts'

/* What `docs/clients.md` tells users to write, for another place: so what it tells is what is tried. */

const PAGE = join(import.meta.dir, '../../../docs/clients.md')

/** What the page calls the server, a model and a key. */
const PRINTED = { url: 'http://127.0.0.1:3000', model: 'llama-3.3-70b', key: 'ares_…' }

/** The first block of a client's section. @throws Error when there is none */
export function printedSettings(client: string, place: Place): string {
  const section = readFileSync(PAGE, 'utf8').split(`\n### ${client}\n`)[1]?.split(/^##/m)[0]
  const block = /^```\w+\n([\s\S]*?)^```$/m.exec(section ?? '')?.[1]
  if (block === undefined) throw new Error(`${PAGE} has no settings of ${client}`)
  return block
    .replaceAll(PRINTED.url, place.url)
    .replaceAll(PRINTED.model, place.model)
    .replaceAll(PRINTED.key, place.key)
}

/** The same where it is lines of variables. */
export function printedEnv(client: string, place: Place): Env {
  const lines = printedSettings(client, place).trim().split('\n')
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/).slice(0, 2)))
}
