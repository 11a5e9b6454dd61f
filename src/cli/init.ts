import { resolve } from 'node:path'
import { initConfig } from '../config/write-init.ts'

/** `ares init`. Source: contract 1.7. */
export function init({ config }: { config: string }): void {
  const path = resolve(config)
  const { providers } = initConfig({ path, env: process.env })
  const switchedOn =
    providers.length === 0
      ? ['The offline demo provider is on: no provider key was found in the environment.']
      : [
          ...providers.map(
            ({ name, keyEnv }) => `Provider ${name} is on: it takes its key from $${keyEnv}.`,
          ),
          'The offline demo provider stays, with the model demo.',
        ]
  const lines = [
    `Wrote ${path} with a generated admin secret (mode 0600), which \`ares secret show\` prints.`,
    ...switchedOn,
    `Start the server: ares serve${config === 'ares.toml' ? '' : ` --config ${config}`}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
