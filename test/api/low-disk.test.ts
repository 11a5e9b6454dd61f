import { afterAll, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskSpaceOf } from '../../src/retention/disk-space.ts'
import { Run, RunList } from '../../src/runs/schema.ts'
import { expectReply } from '../expect-reply.ts'
import type { TestApp } from '../harness.ts'
import { CHAT, countContents, RUNS, start, storeRuns } from './stored-contents.ts'
import { expectTotalsMatch } from './totals.ts'

const MIB = 1024 ** 2

async function openAlerts(app: TestApp): Promise<string[]> {
  const reply = await app.admin.get('/api/admin/alerts?resolved=false')
  const { alerts } = (await reply.json()) as { alerts: { severity: string; message: string }[] }
  return alerts.map(({ severity, message }) => `${severity}: ${message}`)
}

const DISK_ALERT = 'critical: The disk of the database is almost full'

/** A disk that a test fills. With 10 GB in all the limits are 512 and 64 MiB. */
function disk(freeMib: number) {
  const it = { freeMib, totalMib: 10_240 }
  const diskSpace = async () => ({ freeBytes: it.freeMib * MIB, totalBytes: it.totalMib * MIB })
  return { it, diskSpace }
}

describe('on a disk that is short of room', () => {
  test('contents are not kept, one alert is open, and both end by themselves', async () => {
    const { it, diskSpace } = disk(600)
    const { app, acme } = await start({ diskSpace })
    expect(await openAlerts(app)).toEqual([])
    it.freeMib = 500
    await app.server.upkeep.round()
    const run = await expectReply(await acme.run('risk'), 200, Run)
    expect(run.output).not.toBeNull()
    await app.server.upkeep.round()
    expect(await openAlerts(app)).toEqual([DISK_ALERT])
    expect(await countContents(app)).toBe(0)

    it.freeMib = 600
    await app.server.upkeep.round()
    expect(await openAlerts(app)).toEqual([DISK_ALERT])
    // Some of it is the log's already.
    it.freeMib = 645
    await app.server.upkeep.round()
    expect(await openAlerts(app)).toEqual([])
    await acme.run('risk')
    expect(await countContents(app)).toBe(1)
    const { runs } = await expectReply(await acme.get(RUNS), 200, RunList)
    expect(runs.map((each) => each.content_expired)).toEqual([undefined, true])
    expect(await expectTotalsMatch(app)).toBe(2)
  })

  test('the oldest contents go, as many as are missing', async () => {
    const { it, diskSpace } = disk(1000)
    const config = '[retention]\nlow_disk_mb = 500\nmin_disk_mb = 0'
    const { app } = await start({ diskSpace, config })
    await storeRuns(app, 4000)
    await app.server.upkeep.round()
    expect(await countContents(app)).toBe(4000)
    const before = await app.database.file.pages()
    it.freeMib = 499
    // Enough again would be 625 MiB; the file does not have that many to give.
    await app.server.upkeep.round()
    expect(await countContents(app)).toBe(0)
    const after = await app.database.file.pages()
    expect(after.freelist_count).toBe(0)
    expect(after.page_count).toBeLessThan(before.page_count / 2)
  })

  test('a full one refuses runs before the provider is called; reads go on, and it ends by itself', async () => {
    const { it, diskSpace } = disk(600)
    const { app, acme } = await start({ diskSpace })
    await acme.run('risk')
    it.freeMib = 63
    await app.server.upkeep.round()
    const calls = app.provider.requests.length
    const refused = [
      await acme.run('risk'),
      await acme.post('/v1/chat', CHAT),
      await acme.post('/v1/chat/stream', CHAT),
      await app.fetch('/ready'),
    ]
    for (const reply of refused) {
      expect(reply.status).toBe(503)
      expect(reply.headers.get('retry-after')).toBe('30')
      expect(await reply.json()).toMatchObject({ code: 'storage_unavailable' })
    }
    expect(app.provider.requests).toHaveLength(calls)
    expect((await app.fetch('/health')).status).toBe(200)
    const { total } = await expectReply(await acme.get(RUNS), 200, RunList)
    expect(total).toBe(1)
    expect(await openAlerts(app)).toEqual([DISK_ALERT])

    it.freeMib = 700
    await app.server.upkeep.round()
    app.clock.advance(1000)
    expect((await app.fetch('/ready')).status).toBe(200)
    expect((await acme.run('risk')).status).toBe(200)
    expect(await openAlerts(app)).toEqual([])
    expect(await expectTotalsMatch(app)).toBe(2)
  })

  test('a start there works and keeps the one alert; one with room again resolves it', async () => {
    const { it, diskSpace } = disk(300)
    const { app, acme } = await start({ diskSpace })
    expect(await openAlerts(app)).toEqual([DISK_ALERT])
    expect(app.logged.join('')).toContain('the disk has little room left')
    expect((await acme.run('risk')).status).toBe(200)
    const again = await app.restart()
    expect(await openAlerts(again)).toEqual([DISK_ALERT])
    it.freeMib = 700
    const recovered = await again.restart()
    expect(await openAlerts(recovered)).toEqual([])
  })

  test('an alert that an operator resolved stays resolved until the next time', async () => {
    const { it, diskSpace } = disk(300)
    const { app } = await start({ diskSpace })
    const listed = await app.admin.get('/api/admin/alerts?resolved=false')
    const { alerts } = (await listed.json()) as { alerts: { id: string }[] }
    await app.admin.post(`/api/admin/alerts/${alerts[0]!.id}/resolve`)
    await app.server.upkeep.round()
    expect(await openAlerts(app)).toEqual([])
    for (const free of [700, 300]) {
      it.freeMib = free
      await app.server.upkeep.round()
    }
    expect(await openAlerts(app)).toEqual([DISK_ALERT])
  })

  test('where the file system cannot tell, runs go on, and the log says so once', async () => {
    const { app, acme } = await start({ diskSpace: () => Promise.reject(new Error('ENOSYS')) })
    await app.server.upkeep.round()
    expect((await acme.run('risk')).status).toBe(200)
    expect(await countContents(app)).toBe(1)
    const told = app.logged.filter((line) => line.includes('free space of the disk is not known'))
    expect(told).toHaveLength(1)
  })
})

/** A disk of its own; undefined where this user may not mount one. */
function mountDisk(mib: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'ares-disk-'))
  const mount = ['mount', '-t', 'tmpfs', '-o', `size=${mib}m`, 'none', folder]
  const isMounted = Bun.which('mount') !== null && Bun.spawnSync(mount).exitCode === 0
  afterAll(() => {
    if (isMounted) Bun.spawnSync(['umount', '--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return isMounted ? folder : undefined
}

// Skipped where this user may not mount. The limits of 64 MiB are 6.4 and 1.28 MiB.
const mounted = mountDisk(64)

test.skipIf(mounted === undefined)('a real disk that fills up and is emptied again', async () => {
  const disk = mounted!
  const folder = join(disk, 'data')
  mkdirSync(folder)
  const { app, acme } = await start({ folder, diskSpace: () => diskSpaceOf(folder) })
  const leaveFree = async (mib: number) => {
    const ballast = join(disk, 'ballast')
    rmSync(ballast, { force: true })
    const { freeBytes } = await diskSpaceOf(disk)
    writeFileSync(ballast, Buffer.alloc(freeBytes - mib * MIB))
  }
  await storeRuns(app, 8000)
  await acme.run('risk')
  await app.server.upkeep.round()
  expect(await openAlerts(app)).toEqual([])

  await leaveFree(5)
  await app.server.upkeep.round()
  expect(await openAlerts(app)).toEqual([DISK_ALERT])
  expect(await countContents(app)).toBeLessThan(8001)
  // What the contents leave behind is room enough.
  while ((await openAlerts(app)).length > 0) await app.server.upkeep.round()
  expect((await diskSpaceOf(disk)).freeBytes).toBeGreaterThan(8 * MIB)

  await leaveFree(1)
  await app.server.upkeep.round()
  expect((await acme.run('risk')).status).toBe(503)
  expect((await acme.get(RUNS)).status).toBe(200)
  rmSync(join(disk, 'ballast'))
  await app.server.upkeep.round()
  expect((await acme.run('risk')).status).toBe(200)
  await app.server.shutDown(0)
  await app.database.close()
})

const small = mountDisk(16)

test.skipIf(small === undefined)(
  'a small disk takes run after run, for its log has room',
  async () => {
    const folder = join(small!, 'data')
    mkdirSync(folder)
    const { app, acme } = await start({ folder, diskSpace: () => diskSpaceOf(folder) })
    const body = { input: { message: 'x'.repeat(20_000) } }
    for (let i = 1; i <= 1500; i++) {
      expect((await acme.post('/v1/agents/risk/run', body)).status).toBe(200)
      if (i % 10 === 0) await app.server.upkeep.round()
    }
    expect(await countContents(app)).toBeLessThan(1500)
    await app.server.shutDown(0)
  },
)
