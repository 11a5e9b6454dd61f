import { Database } from 'bun:sqlite'
import { afterAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { startScriptedProvider } from '../scripted-provider.ts'
import { killAgainAndAgain } from '../torture/kill-cycles.ts'
import { quotaRounds } from '../torture/quota.ts'
import { verify } from '../torture/verify.ts'
import { cleanUp, configFor, runAres, SLOW_MS, startAres } from './ares.ts'
import { provision } from './callers.ts'

afterAll(cleanUp)

/** `bun run torture` does the same for as long as one likes. */
const CYCLES = 3

test(
  'kill -9 under load: what was acknowledged is there, nothing is left open, and the totals are right',
  async () => {
    const { cycles, problems } = await killAgainAndAgain({
      cycles: CYCLES,
      callers: 32,
      seed: Date.now(),
    })
    expect(problems).toEqual([])
    expect(cycles.length).toBe(CYCLES)
    expect(cycles.at(-1)!.acknowledged).toBeGreaterThan(50)
    expect(cycles.at(-1)!.interrupted).toBeGreaterThan(0)
  },
  2 * SLOW_MS,
)

test(
  '64 callers against room for 100 runs: exactly 100 pass, killed or not',
  async () => {
    const { rounds, problems } = await quotaRounds(2, Date.now())
    expect(problems).toEqual([])
    expect(rounds).toMatchObject([
      { killed: false, admitted: 100, runs: 100 },
      { killed: true, runs: 100 },
    ])
  },
  SLOW_MS,
)

describe('looking at the database', () => {
  test(
    'ares check --database works while the server does',
    async () => {
      const provider = await startScriptedProvider()
      const server = await startAres({ config: configFor(provider.url) })
      const tenant = await provision(server)
      const done = new AbortController()
      const load = (async () => {
        while (!done.signal.aborted) expect((await tenant.run()).status).toBe(200)
      })()
      for (let check = 0; check < 3; check++) {
        const { code, stdout } = await runAres(['check', '--database'], { cwd: server.folder })
        expect({ code, stdout }).toEqual({
          code: 0,
          stdout: expect.stringMatching(/\d+ runs re-added, every total is right\n$/),
        })
      }
      done.abort()
      await load
      expect(await server.stop()).toBe(0)
      provider.stop()
    },
    SLOW_MS,
  )

  test(
    'a lost run, a lost tenant and a wrong total would be noticed',
    async () => {
      const provider = await startScriptedProvider()
      const server = await startAres({ config: configFor(provider.url) })
      const tenant = await provision(server)
      const { body } = await tenant.run()
      const acknowledged = { kind: 'run', status: body.status, tokens: body.tokens_used } as const
      expect(await verify(server, [{ ...acknowledged, id: body.id }])).toMatchObject({
        lost: [],
        wrong: [],
        runs: 1,
      })
      const { lost } = await verify(server, [
        { ...acknowledged, id: 'never-seen' },
        { ...acknowledged, id: body.id, tokens: 1 },
        { kind: 'stream', message: 'never seen', tokens: 19 },
        { kind: 'tenant', id: 'never-seen', key: 'ares_never' },
      ])
      // The tenant's key and its audit entry.
      expect(lost).toHaveLength(5)
      await server.stop()
      provider.stop()

      tamper(server.folder)
      const { code, stdout } = await runAres(['check', '--database'], { cwd: server.folder })
      expect(code).toBe(1)
      expect(stdout).toMatch(/tenant_months .* runs: kept 7, re-added 1/)
    },
    SLOW_MS,
  )
})

function tamper(folder: string): void {
  const database = new Database(join(folder, 'data/ares.db'))
  database.run('update tenant_months set runs = 7')
  database.close()
}
