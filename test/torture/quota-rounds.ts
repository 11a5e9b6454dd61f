import { configFor, startAres } from '../binary/ares.ts'
import { operator, provision, type Provisioned } from '../binary/callers.ts'
import { startProviderProcess } from './provider-process.ts'

export interface QuotaOptions {
  rounds: number
  callers: number
  room: number
}

/** All callers at once against a tenant with less room. */
export interface Round {
  round: number
  'answered 200': number
  'answered 429': number
  'answered otherwise': number
  'runs counted': number
}

export interface QuotaReport {
  rounds: Round[]
  /** Empty when the quota was exact in every round. */
  problems: string[]
}

/** Lets more callers loose than the tenant has room for, and counts who got through. */
export async function quotaRounds(
  { rounds, callers, room }: QuotaOptions,
  onRound: (round: Round) => void = () => {},
): Promise<QuotaReport> {
  const provider = await startProviderProcess(['--delay', '20', '--deltas', '3'])
  const server = await startAres({
    config: configFor(provider.url, { more: `[tiers.dev]\nruns_per_month = ${room}\n` }),
  })
  const report: QuotaReport = { rounds: [], problems: [] }
  for (let round = 1; round <= rounds; round++) {
    const tenant = await provision(server, { name: `round-${round}`, tier: 'dev' })
    const calls = Array.from({ length: callers }, (_, index) => spend(tenant, index))
    const statuses = await Promise.all(calls)
    const { body } = await operator(server).get(`/api/admin/tenants/${tenant.id}/usage`)
    const row = {
      round,
      'answered 200': statuses.filter((status) => status === '200').length,
      'answered 429': statuses.filter((status) => status === '429 quota_runs_exceeded').length,
      'answered otherwise': 0,
      'runs counted': body.total_runs,
    }
    row['answered otherwise'] = callers - row['answered 200'] - row['answered 429']
    report.rounds.push(row)
    report.problems.push(...inexact(row, { callers, room, statuses }))
    onRound(row)
  }
  const code = await server.stop()
  if (code !== 0) report.problems.push(`SIGTERM ended with ${code}`)
  provider.stop()
  return report
}

/** Runs and chats draw on the same quota. */
async function spend(tenant: Provisioned, index: number): Promise<string> {
  const chat = { messages: [{ role: 'user', content: 'Hello' }], model: 'm' }
  const { status, headers, body } = await (index % 2 === 0
    ? tenant.run()
    : tenant.post('/v1/chat', chat))
  if (status === 200) return '200'
  const waits = Number(headers.get('retry-after')) > 0
  return waits ? `${status} ${body.code}` : `${status} without Retry-After`
}

function inexact(
  row: Round,
  { callers, room, statuses }: { callers: number; room: number; statuses: string[] },
): string[] {
  const exact =
    row['answered 200'] === room &&
    row['answered 429'] === callers - room &&
    row['runs counted'] === room
  return exact ? [] : [`round ${row.round}: ${[...new Set(statuses)].join(', ')}`]
}
