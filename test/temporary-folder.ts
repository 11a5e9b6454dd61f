import { afterAll } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * Loaded before all tests (`bunfig.toml`): whatever they and the programs they start leave behind lies in one folder,
 * which goes when all have ended. `bun test` never gets to an `exit` event, and a helper's `afterAll` would belong to
 * the first file that imports it.
 */
const folder = mkdtempSync(join(tmpdir(), 'ares-tests-'))
// Some tests look what becomes of another user in here.
chmodSync(folder, 0o755)
process.env['TMPDIR'] = folder

afterAll(() => rmSync(folder, { recursive: true, force: true }))
