import { afterAll, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ADMIN_SECRET,
  cleanUp,
  configFor,
  emptyFolder,
  folderWith,
  runAres,
  SLOW_MS,
  startAres,
} from './ares.ts'

afterAll(cleanUp)

const show = (cwd: string, env = {}) => runAres(['secret', 'show'], { cwd, env })

test(
  'ares secret show prints the secret that was generated, and says where there is none yet',
  async () => {
    const cwd = emptyFolder()
    const early = await show(cwd)
    expect(early.code).toBe(1)
    expect(early.stderr).toStartWith('There is no admin secret yet')
    const ares = await startAres({ cwd })
    const { code, stdout } = await show(cwd)
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: readFileSync(join(cwd, 'data/admin-secret'), 'utf8'),
    })
    await ares.stop()
  },
  SLOW_MS,
)

test(
  'it prints that of the file, that of the environment, and that of init',
  async () => {
    const file = configFor('http://127.0.0.1:9')
    expect((await show(folderWith({ 'ares.toml': file }))).stdout).toBe(`${ADMIN_SECRET}\n`)
    const named = file.replace(`secret = "${ADMIN_SECRET}"`, 'secret_env = "MINE"')
    const env = { MINE: 'm'.repeat(40) }
    expect((await show(folderWith({ 'ares.toml': named }), env)).stdout).toBe(`${env.MINE}\n`)
    const cwd = emptyFolder()
    await runAres(['init'], { cwd })
    const { stdout } = await show(cwd)
    expect(readFileSync(join(cwd, 'ares.toml'), 'utf8')).toContain(`secret = "${stdout.trim()}"`)
  },
  SLOW_MS,
)

test(
  'a host that cannot be listened on is one line, with what to do',
  async () => {
    const { code, stderr } = await runAres(['serve', '--host', '192.0.2.1', '--port', '0'])
    expect(code).toBe(1)
    expect(stderr).toBe(
      'No interface of this machine has the address 192.0.2.1: set host to one that it has, or to 0.0.0.0 for all.\n',
    )
  },
  SLOW_MS,
)
