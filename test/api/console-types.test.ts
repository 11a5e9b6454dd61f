import { expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiTypes } from '../../src/console/api-types.ts'
import { startApp } from '../harness.ts'

const GENERATED = join(import.meta.dir, '../../src/console/web/api/types.ts')

test('the console’s types are those of the API: else `bun run types:console`', async () => {
  const app = await startApp()
  const reply = await app.fetch('/swagger/json')
  const types = apiTypes((await reply.json()) as Parameters<typeof apiTypes>[0])
  if (process.env['ARES_WRITE_TYPES'] === '1') writeFileSync(GENERATED, types)
  expect(readFileSync(GENERATED, 'utf8')).toBe(types)
})
