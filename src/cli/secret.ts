import { loadConfig } from '../config/load.ts'
import { existingAdminSecret } from './admin-secret.ts'

/** `ares secret show`: the admin secret on a line of its own, from wherever this set-up has it. Source: contract 2.2. */
export function showSecret(options: { config?: string }): void {
  const { config } = loadConfig({
    configFlag: options.config,
    env: process.env,
    cwd: process.cwd(),
  })
  const { adminSecret, database } = config
  // With a database on a server, the configuration is refused without a secret.
  const secret =
    database.kind === 'sqlite' ? existingAdminSecret(adminSecret, database.path) : adminSecret
  process.stdout.write(`${secret}\n`)
}
