import { afterAll, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { aresBinary, cleanUp, emptyFolder, folderWith, modeOf, SLOW_MS, startAres } from './ares.ts'
import { generatedSecret, operator, provision, tenantCaller } from './callers.ts'

afterAll(cleanUp)

test(
  'the first start in an empty folder needs nothing and tells what comes next',
  async () => {
    const server = await startAres()

    const health = await fetch(`${server.url}/health`)
    expect(health.status).toBe(200)
    expect(await health.json()).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    })
    expect((await fetch(`${server.url}/ready`)).status).toBe(200)
    expect((await fetch(`${server.url}/swagger`)).status).toBe(200)
    expect(server.stderr()).toContain('no ares.toml here')
    expect(server.stdout()).toContain(`${server.url}/swagger`)
    expect(server.stdout()).toContain(join(server.folder, 'data/admin-secret'))

    const tenant = await provision(server, { secret: generatedSecret(server) })
    const { status, body } = await tenant.run('What is 6 * 7?')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'completed', error: null })
    expect(await server.stop()).toBe(0)
  },
  SLOW_MS,
)

test.if(process.platform === 'linux')(
  'nothing is loaded from the folder where it was built',
  async () => {
    const server = await startAres()
    const root = resolve(import.meta.dir, '../..')
    const mapped = readFileSync(`/proc/${server.pid}/maps`, 'utf8')
      .split('\n')
      .map((line) => line.slice(line.indexOf('/')))
      .filter((path) => path.startsWith(`${root}/`))
    expect(new Set(mapped)).toEqual(new Set([await aresBinary()]))
    await server.stop()
  },
  SLOW_MS,
)

test(
  'what is created is for this user alone, and lies under the working directory',
  async () => {
    const server = await startAres()
    await provision(server, { secret: generatedSecret(server) })

    const data = join(server.folder, 'data')
    expect(readdirSync(server.folder)).toEqual(['data'])
    expect(modeOf(data)).toBe('700')
    const files = readdirSync(data).filter((name) => !name.includes('lock-'))
    expect(files).toContain('admin-secret')
    expect(files).toContain('ares.db')
    expect(files).toContain('ares.db-shm')
    expect(files).toContain('ares.db-wal')
    expect(files).toContain('ares.db.lock')
    const modes = Object.fromEntries(files.map((name) => [name, modeOf(join(data, name))]))
    expect(modes).toEqual(Object.fromEntries(files.map((name) => [name, '600'])))
    await server.stop()
  },
  SLOW_MS,
)

test(
  'a restart keeps tenants, keys, runs and the generated secret',
  async () => {
    const first = await startAres()
    const secret = generatedSecret(first)
    const tenant = await provision(first, { secret })
    const run = await tenant.run()
    expect(await first.stop()).toBe(0)
    // A clean stop folds the write-ahead log into the file.
    expect(existsSync(join(first.folder, 'data/ares.db-wal'))).toBe(false)

    const second = await startAres({ cwd: first.folder })
    expect(generatedSecret(second)).toBe(secret)
    const again = tenantCaller(second, tenant.id, tenant.secret)
    const { body } = await again.get('/v1/agents/assistant/runs')
    expect(body.runs).toEqual([run.body])
    const { body: kept } = await operator(second, secret).get(`/api/admin/tenants/${tenant.id}`)
    expect(kept).toMatchObject({ name: 'acme', total_runs: 1, total_tokens: run.body.tokens_used })
    await second.stop()
  },
  SLOW_MS,
)

test(
  'the files that lie in the working directory are not run or read',
  async () => {
    const folder = folderWith({
      '.env': 'ARES_CONFIG=/nowhere/ares.toml\nHOSTILE=1\nBUN_CONFIG_MAX_HTTP_REQUESTS=1\n',
      '.env.production': 'ARES_CONFIG=/nowhere/ares.toml\n',
      'bunfig.toml': 'preload = ["./hostile.ts"]\n',
      'hostile.ts': `require('node:fs').writeFileSync('was-here', ''); process.exit(77)`,
      'package.json': '{ "type": "commonjs", "imports": { "#x": "./hostile.ts" } }',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "elysia": ["./hostile.ts"] } } }',
    })
    const server = await startAres({ cwd: folder })
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    expect(await server.stop()).toBe(0)
    expect(existsSync(join(folder, 'was-here'))).toBe(false)
  },
  SLOW_MS,
)

test(
  '--host and --port win over the file, and $ARES_CONFIG and --config name it',
  async () => {
    const folder = emptyFolder()
    const config = join(folder, 'elsewhere.toml')
    writeFileSync(
      config,
      `[server]\nhost = "192.0.2.1"\nport = 1\n[[providers]]\nname = "demo"\ntype = "demo"\n[[providers.models]]\nid = "m"\ncontext_length = 1000\n`,
    )

    const byFlag = await startAres({
      args: ['--config', config, '--host', '127.0.0.1', '--port', '0'],
    })
    expect(byFlag.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(byFlag.stdout()).toContain(config)
    // Relative to the file, not to the working directory.
    expect(existsSync(join(folder, 'data/ares.db'))).toBe(true)
    expect(readdirSync(byFlag.folder)).toEqual([])
    await byFlag.stop()

    const byVariable = await startAres({
      args: ['--host', '127.0.0.1', '--port', '0'],
      env: { ARES_CONFIG: config },
    })
    expect(byVariable.stdout()).toContain(config)
    await byVariable.stop()
  },
  SLOW_MS,
)
