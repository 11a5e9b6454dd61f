import type { KeptResponsesTable, RunContentsTable, RunsTable } from '../db/tables.ts'

/*
 * A run is its row from the start: the reservation writes the first columns, the settlement the others, and whoever
 * answers is given the very row that is being written. So a new column is named here and where its value is made.
 */

/** The columns that a reservation writes. */
export const RESERVED = [
  'id',
  'tenant_id',
  'kind',
  'agent_id',
  'agent_version',
  'key_id',
  'model',
  'provider',
  'started_at',
  'node_id',
  'lease_until',
] as const

/** What the other columns hold while a run is under way; those left out are null. */
export const UNDER_WAY = {
  status: 'running',
  input_tokens: 0,
  output_tokens: 0,
  cached_tokens: 0,
  cache_write_tokens: 0,
  tokens_estimated: 0,
} satisfies Partial<RunsTable>

/** The columns that a settlement writes. */
export const SETTLED = [
  'status',
  'duration_ms',
  'overhead_ms',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'tokens_estimated',
  'cost_micro_usd',
  'error_code',
  'lease_until',
] as const

type ReservedColumn = (typeof RESERVED)[number]
type SettledColumn = (typeof SETTLED)[number]

/** A reserved run. Plain data, so that a restart can settle what a crash left open. */
export type OpenRun = Pick<RunsTable, ReservedColumn>
/** What a settlement adds to it. */
export type Settlement = Pick<RunsTable, SettledColumn>
/** A run as it is stored once it has ended. */
export type SettledRun = OpenRun & Settlement

/** What is about to be spent on: `agent_id` is the agent that is run, or whose prompt a chat uses. */
export type Spending = Pick<OpenRun, 'kind' | 'agent_id' | 'agent_version' | 'model' | 'provider'>

/** What was said: JSON texts, null where there is none, and the sentence of a failure. */
export type RunContent = Omit<RunContentsTable, 'run_id'>

/** An answer that its client may refer to later. */
export type KeptResponse = Omit<KeptResponsesTable, 'run_id'>

/** What a settlement keeps of what was said. */
export interface Recorded extends RunContent {
  response?: KeptResponse | null
}

/** What quotas and answers count: all tokens, read and written. */
export function tokensOf({
  input_tokens,
  output_tokens,
}: Pick<RunsTable, 'input_tokens' | 'output_tokens'>): number {
  return input_tokens + output_tokens
}

/** The columns of that name, with the values they have there. */
export function columnsOf<Row, Column extends keyof Row>(
  row: Row,
  columns: readonly Column[],
): Pick<Row, Column> {
  return Object.fromEntries(columns.map((column) => [column, row[column]])) as Pick<Row, Column>
}
