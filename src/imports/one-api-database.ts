import type { Database } from 'bun:sqlite'
import { existsSync } from 'node:fs'
import { ExpectedFailure } from '../expected-failure.ts'
import { openUnchanged } from './open-unchanged.ts'
import type { OneApiFlavour } from './one-api-channels.ts'

/** A row of `channels`, as far as it matters here. */
export interface ChannelRow {
  id: number
  name: string
  type: number
  key: string
  status: number
  baseUrl: string
  /** Comma-separated. */
  models: string
  /** JSON object from the client's name to the provider's; may be empty. */
  modelMapping: string
  /** Comma-separated. */
  group: string
  priority: number
  /** Names of further columns that are filled in and change what is sent. */
  overrides: string[]
}

/** A row of `tokens`. */
export interface TokenRow {
  id: number
  userId: number
  key: string
  name: string
  status: number
  /** Seconds since 1970; -1 for never. */
  expiredTime: number
  remainQuota: number
  isUnlimited: boolean
  /** Comma-separated; empty for all. */
  models: string
  /** Separated by commas or lines; empty for all. */
  networks: string
  group: string
  isDeleted: boolean
}

/** A row of `users`. */
export interface UserRow {
  id: number
  username: string
  role: number
  status: number
  group: string
  quota: number
  isDeleted: boolean
}

/** What a one-api or new-api database holds for an import. */
export interface OneApiData {
  flavour: OneApiFlavour
  channels: ChannelRow[]
  tokens: TokenRow[]
  users: UserRow[]
}

/** More than any such database has; a damaged or hostile one must not fill the memory. */
const MOST_ROWS = 100_000

type Row = Record<string, unknown>

/**
 * Reads the database of one-api or new-api, which it leaves as it is.
 *
 * @throws ExpectedFailure when there is none at that path
 */
export function readOneApiDatabase(path: string): OneApiData {
  if (!existsSync(path)) throw new ExpectedFailure(`There is no database at ${path}.`)
  try {
    using connection = openUnchanged(path)
    return readAll(connection, path)
  } catch (error) {
    if (error instanceof ExpectedFailure) throw error
    const { code, message } = error as { code?: string; message: string }
    const reason = code === 'SQLITE_NOTADB' ? 'it is not an SQLite database' : message
    throw new ExpectedFailure(`The database ${path} cannot be read: ${reason}.`)
  }
}

function readAll(connection: Database, path: string): OneApiData {
  const tokenColumns = columnsOf(connection, 'tokens')
  const missing = ['channels', 'tokens', 'users'].filter(
    (table) => columnsOf(connection, table).size === 0,
  )
  if (missing.length > 0) {
    throw new ExpectedFailure(
      `The database ${path} is none of one-api or new-api: it has no table ${missing.join(', ')}.`,
    )
  }
  return {
    flavour: tokenColumns.has('model_limits_enabled') ? 'new-api' : 'one-api',
    channels: rowsOf(connection, 'channels').map(toChannel),
    tokens: rowsOf(connection, 'tokens').map(toToken),
    users: rowsOf(connection, 'users').map(toUser),
  }
}

function columnsOf(connection: Database, table: string): Set<string> {
  const rows = connection.query<{ name: string }, []>(`pragma table_info(${table})`).all()
  return new Set(rows.map(({ name }) => name))
}

function rowsOf(connection: Database, table: string): Row[] {
  const rows = connection
    .query<Row, [number]>(`select * from ${table} order by id limit ?`)
    .all(MOST_ROWS + 1)
  if (rows.length > MOST_ROWS) {
    throw new ExpectedFailure(`The table ${table} has more than ${MOST_ROWS} rows.`)
  }
  return rows
}

/** Columns of either program that change what is sent to the provider. */
const OVERRIDES = [
  'header_override',
  'openai_organization',
  'open_ai_organization',
  'param_override',
  'status_code_mapping',
  'system_prompt',
]

function toChannel(row: Row): ChannelRow {
  return {
    id: integer(row['id']),
    name: text(row['name']),
    type: integer(row['type']),
    key: text(row['key']),
    status: integer(row['status']),
    baseUrl: text(row['base_url']),
    models: text(row['models']),
    modelMapping: text(row['model_mapping']),
    group: text(row['group']),
    priority: integer(row['priority']),
    overrides: OVERRIDES.filter((column) => !['', '{}', 'null'].includes(text(row[column]).trim())),
  }
}

/** `models` and `subnet` are one-api's columns, `model_limits` and `allow_ips` new-api's. */
function toToken(row: Row): TokenRow {
  const areLimitsOff = 'model_limits_enabled' in row && !isTrue(row['model_limits_enabled'])
  return {
    id: integer(row['id']),
    userId: integer(row['user_id']),
    key: text(row['key']),
    name: text(row['name']),
    status: integer(row['status']),
    expiredTime: integer(row['expired_time']),
    remainQuota: integer(row['remain_quota']),
    isUnlimited: isTrue(row['unlimited_quota']),
    models: areLimitsOff ? '' : text(row['model_limits'] ?? row['models']),
    networks: text(row['allow_ips'] ?? row['subnet']),
    group: text(row['group']),
    isDeleted: isDeleted(row),
  }
}

function toUser(row: Row): UserRow {
  return {
    id: integer(row['id']),
    username: text(row['username']),
    role: integer(row['role']),
    status: integer(row['status']),
    group: text(row['group']),
    quota: integer(row['quota']),
    isDeleted: isDeleted(row),
  }
}

/** new-api keeps deleted rows and marks them. */
function isDeleted(row: Row): boolean {
  return row['deleted_at'] !== undefined && row['deleted_at'] !== null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function integer(value: unknown): number {
  const number = Number(value ?? 0)
  return Number.isSafeInteger(number) ? number : 0
}

/** GORM writes booleans as 0 and 1. */
function isTrue(value: unknown): boolean {
  return value === 1 || value === 'true' || value === '1'
}
