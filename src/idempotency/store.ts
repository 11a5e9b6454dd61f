import { sql } from 'kysely'
import type { Stamp } from '../db/changes.ts'
import type { Step } from '../db/change-batch.ts'
import { toTimestamp } from '../db/columns.ts'
import { nextTurn } from '../next-turn.ts'
import { type Statement, statement, type StatementReader } from '../db/statements.ts'
import type { Db, IdempotencyKeysTable, Trx } from '../db/tables.ts'
import { AresError } from '../errors.ts'
import { type Reply, errorReply } from '../http/error-handler.ts'
import { type Claim, misused, underWay } from './claim.ts'
import { seal, unseal } from './seal.ts'

const LIFETIME_MS = 24 * 3600 * 1000
/** Expired keys dropped by one commit, which keeps the event loop as long as it takes. */
const DROPPED_AT_ONCE = 100

/** A key, and how far its run is as of the same moment. */
export interface KeyRow extends Pick<IdempotencyKeysTable, 'body_hash' | 'run_id'> {
  /** Null without a reply. */
  answer_bytes: number | null
  run_status: string | null
  /** What the run was of; null without a run or an agent. */
  model: string | null
  agent_name: string | null
}

const findLivingKey = statement('find_living_key', (db, p: { id: string; now: string }) =>
  db
    .selectFrom('idempotency_keys as k')
    .leftJoin('runs as r', 'r.id', 'k.run_id')
    .leftJoin('agents as a', 'a.id', 'r.agent_id')
    .select(['k.body_hash', 'k.run_id', 'r.status as run_status', 'r.model'])
    .select([
      'a.name as agent_name',
      // Unlike `length`, this does not read a long text to measure it.
      sql<number | null>`octet_length(k.answer)`.as('answer_bytes'),
    ])
    .where('k.id', '=', p.id)
    .where('k.expires_at', '>', p.now),
)

const replyOfKey = statement('answer_of_key', (db, p: { id: string }) =>
  db.selectFrom('idempotency_keys').select('answer').where('id', '=', p.id),
)

function deleteIfExpired(db: Db, p: { id: string; now: string }) {
  return db.deleteFrom('idempotency_keys').where('id', '=', p.id).where('expires_at', '<=', p.now)
}

function insertKey(db: Db, p: Omit<IdempotencyKeysTable, 'answer'>) {
  const { id, body_hash, run_id, expires_at } = p
  return db.insertInto('idempotency_keys').values({ id, body_hash, run_id, expires_at })
}

function updateReply(db: Db, p: { id: string; answer: string }) {
  return db.updateTable('idempotency_keys').set({ answer: p.answer }).where('id', '=', p.id)
}

const makeRoomForKey = statement('make_room_for_key', deleteIfExpired)
/** Violates the primary key, and so fails its whole change, when somebody holds the key. */
const takeKey = statement('take_key', insertKey)
const keepReply = statement('answer_key', updateReply)

/** Drops some expired keys, oldest first; changes no row when there are none. */
export const dropExpiredKeys = statement('drop_expired_keys', (db, p: { now: string }) =>
  db
    .deleteFrom('idempotency_keys')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('idempotency_keys')
        .select('id')
        .where('expires_at', '<=', p.now)
        .orderBy('expires_at')
        .limit(DROPPED_AT_ONCE),
    ),
)

/** What is known of the claim's key, expired ones left out. */
export function findKey(
  reads: StatementReader,
  { id }: Claim,
  now: string,
): Promise<KeyRow | undefined> {
  return reads.get(findLivingKey, { id, now })
}

/** Takes the key in the reservation of its run. */
export function takingSteps(claim: Claim, run: { id: string; started_at: string }): Step[] {
  const params = takenBy(claim, run.started_at, run.id)
  return [
    { statement: makeRoomForKey.name, params: { id: claim.id, now: run.started_at } },
    { statement: takeKey.name, params },
  ]
}

/** Keeps what is answered, which may be an error or JSON text, in the settlement of its run. */
export function keepingReplySteps(claim: Claim, reply: object | string): Step[] {
  return [
    {
      statement: keepReply.name,
      params: { id: claim.id, answer: sealed(claim, replyOf(claim, reply)) },
    },
  ]
}

/** A reply as it is answered: an error or JSON text, too. */
export function replyOf({ requestId, errorForm }: Claim, reply: object | string): Reply {
  return reply instanceof AresError
    ? errorReply(reply, requestId, errorForm)
    : { status: 200, body: reply }
}

/** Takes the key in the transaction of a creation. Fails when somebody holds it. */
export async function takeKeyIn(trx: Trx, { now }: Stamp, claim: Claim): Promise<void> {
  await deleteIfExpired(trx, { id: claim.id, now }).execute()
  await insertKey(trx, takenBy(claim, now, null)).execute()
}

/** Keeps the reply in the transaction of a creation. */
export async function keepReplyIn(trx: Trx, claim: Claim, reply: Reply): Promise<void> {
  await updateReply(trx, { id: claim.id, answer: sealed(claim, reply) }).execute()
}

/** The stored reply, in steps. @throws AresError `invalid` when another credential got it, `conflict` when it has just expired */
export async function storedReply(reads: StatementReader, { sealKey, id }: Claim): Promise<Reply> {
  const stored = await reads.get(replyOfKey, { id })
  if (!stored?.answer) throw underWay()
  await nextTurn()
  const text = unseal(sealKey, id, stored.answer)
  if (text === undefined) throw misused('another credential')
  await nextTurn()
  return JSON.parse(text) as Reply
}

function sealed({ sealKey, id }: Claim, reply: Reply): string {
  return seal(sealKey, id, JSON.stringify(reply))
}

function takenBy({ id, bodyHash }: Claim, now: string, runId: string | null) {
  const expiresAt = toTimestamp(new Date(Date.parse(now) + LIFETIME_MS))
  return { id, body_hash: bodyHash, run_id: runId, expires_at: expiresAt }
}

export const IDEMPOTENCY_STATEMENTS: Statement[] = [
  makeRoomForKey,
  takeKey,
  keepReply,
  dropExpiredKeys,
]
