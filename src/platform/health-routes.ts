import { type Static, Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import type { Clock } from '../clock.ts'
import { toTimestamp } from '../db/columns.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Writer } from '../db/writer-contract.ts'
import { AresError } from '../errors.ts'
import { documented } from '../http/documented.ts'
import type { DiskWatch } from '../retention/disk-watch.ts'
import type { StorageWatch } from './storage-watch.ts'
import { readReadiness, writeReadiness } from './store.ts'

export interface HealthDeps {
  reads: StatementReader
  writer: Writer
  clock: Clock
  disk: Pick<DiskWatch, 'requireRoom'>
  storage: Pick<StorageWatch, 'require'>
  version: string
}

/** Probes of all callers within this time share one look at the database. */
const PROBE_MS = 1000

export const Health = Type.Object({ status: Type.Literal('ok'), version: Type.String() })

/**
 * `/health`: the process answers. `/ready`: its database is where it was, sound as far as anybody knows, takes reads and
 * writes, and has room for runs. Open to everyone.
 */
export function healthRoutes(deps: HealthDeps): AnyElysia {
  const probe = sharedProbe(deps)
  const ok: Static<typeof Health> = { status: 'ok', version: deps.version }
  return new Elysia({ name: 'health' })
    .get(
      '/health',
      () => ok,
      documented({ summary: 'Alive', tags: ['Health'], replies: { 200: Health }, failures: [400] }),
    )
    .get(
      '/ready',
      async () => {
        await probe()
        return ok
      },
      documented({
        summary: 'Ready: the database takes reads and writes',
        tags: ['Health'],
        replies: { 200: Health },
        failures: [400, 503],
      }),
    )
}

function sharedProbe({ reads, writer, clock, disk, storage }: HealthDeps): () => Promise<void> {
  let latest: Promise<void> | undefined
  let startedMs = 0
  const probe = async () => {
    await storage.require()
    disk.requireRoom()
    const checked_at = toTimestamp(clock.now())
    await writer.submit({
      steps: [{ statement: writeReadiness.name, params: { checked_at } }],
      additions: [],
    })
    const row = await reads.get(readReadiness, { id: 1 })
    if (row === undefined)
      throw new AresError('storage_unavailable', 'The database cannot be read.')
  }
  return () => {
    const nowMs = clock.monotonicMs()
    if (!latest || nowMs - startedMs >= PROBE_MS) {
      startedMs = nowMs
      latest = probe()
    }
    return latest
  }
}
