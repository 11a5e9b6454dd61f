import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { ADMIN_SECRET, type AresProcess, runAres } from '../binary/ares.ts'
import { type Caller, client, operator } from '../binary/callers.ts'
import type { Acknowledged } from './journal.ts'

interface StoredRun {
  id: string
  kind: string
  status: string
  error_code: string | null
  tokens: number
  input: string | null
}

export interface Verdict {
  /** Acknowledged things that are not there, or not as acknowledged. */
  lost: string[]
  /** Everything else that is wrong. */
  wrong: string[]
  /** Runs in the database. */
  runs: number
  /** Runs that the kill had cut off. */
  interrupted: number
}

/** Holds what a server that was started after a kill has against what was acknowledged before. */
export async function verify(
  server: AresProcess,
  acknowledged: Acknowledged[],
  secret = ADMIN_SECRET,
): Promise<Verdict> {
  const database = new Database(join(server.folder, 'data/ares.db'), { readonly: true })
  try {
    const runs = storedRuns(database)
    return {
      lost: [
        ...lostRuns(runs, acknowledged),
        ...(await lostTenants(server, database, acknowledged)),
      ],
      wrong: [
        ...openRuns(database),
        ...damage(database),
        ...(await differentTotals(server)),
        ...(await missingInApi(operator(server, secret), runs)),
      ],
      runs: runs.length,
      interrupted: runs.filter(({ error_code }) => error_code === 'interrupted').length,
    }
  } finally {
    database.close()
  }
}

function storedRuns(database: Database): StoredRun[] {
  return database
    .query<StoredRun, []>(
      `select id, kind, status, error_code, input_tokens + output_tokens as tokens, input
       from runs left join run_contents on run_id = id`,
    )
    .all()
}

function lostRuns(runs: StoredRun[], acknowledged: Acknowledged[]): string[] {
  const byId = new Map(runs.map((run) => [run.id, run]))
  const byMessage = new Map(runs.map((run) => [messageOf(run), run]))
  return acknowledged.flatMap((entry) => {
    if (entry.kind === 'tenant') return []
    const row = entry.kind === 'stream' ? byMessage.get(entry.message) : byId.get(entry.id)
    const status = entry.kind === 'stream' ? 'completed' : entry.status
    if (row?.status === status && row.tokens === entry.tokens) return []
    return [`${JSON.stringify(entry)} is ${JSON.stringify(row ?? 'not there')}`]
  })
}

/** What a stream had sent. */
function messageOf({ kind, input }: StoredRun): string | undefined {
  if (kind === 'run' || input === null) return undefined
  return JSON.parse(input).messages.at(-1).content
}

async function lostTenants(
  server: AresProcess,
  database: Database,
  acknowledged: Acknowledged[],
): Promise<string[]> {
  const audited = new Set(
    database
      .query<{ details: string }, []>(
        `select details from audit_log where action = 'tenant.created'`,
      )
      .all()
      .map(({ details }) => JSON.parse(details).tenant_id),
  )
  const lost: string[] = []
  for (const entry of acknowledged) {
    if (entry.kind !== 'tenant') continue
    const { status, body } = await client(server, entry.key).get('/v1/agents')
    if (status !== 200 || body.total !== 3) lost.push(`tenant ${entry.id}: ${status}`)
    if (!audited.has(entry.id)) lost.push(`audit entry of tenant ${entry.id}`)
  }
  return lost
}

function openRuns(database: Database): string[] {
  const { open } = database
    .query<{ open: number }, []>(
      `select count(*) as open from runs
       where status not in ('completed', 'failed') or lease_until is not null`,
    )
    .get()!
  return open === 0 ? [] : [`${open} runs are still open`]
}

function damage(database: Database): string[] {
  const found = database.query<{ integrity_check: string }, []>('pragma integrity_check').all()
  const dangling = database.query('pragma foreign_key_check').all()
  return [
    ...found.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...dangling.map((row) => `dangling ${JSON.stringify(row)}`),
  ]
}

async function differentTotals(server: AresProcess): Promise<string[]> {
  const { code, stdout, stderr } = await runAres(['check', '--database'], { cwd: server.folder })
  return code === 0 ? [] : [`ares check --database: ${stdout}${stderr}`]
}

/** What the operator is shown adds up to the rows. */
async function missingInApi(admin: Caller, runs: StoredRun[]): Promise<string[]> {
  const { body: list } = await admin.get('/api/admin/tenants')
  let shown = 0
  for (const { id } of list.tenants) {
    const { body } = await admin.get(`/api/admin/tenants/${id}`)
    shown += body.total_runs
  }
  return shown === runs.length ? [] : [`the API shows ${shown} runs of ${runs.length}`]
}
