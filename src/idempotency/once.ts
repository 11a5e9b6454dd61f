import type { Clock } from '../clock.ts'
import { change, type ChangeDeps, type Stamp } from '../db/changes.ts'
import { toTimestamp } from '../db/columns.ts'
import { databaseFault } from '../db/errors.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Trx } from '../db/tables.ts'
import type { Writer } from '../db/writer-contract.ts'
import type { Replies } from '../http/replies.ts'
import { IDEMPOTENCY_KEY } from '../http/json-body.ts'
import { type Claim, claimOf, underWay } from './claim.ts'
import { type ReplyOfCutOff, replay, type Replaying } from './replay.ts'
import { keepReplyIn, findKey, takeKeyIn } from './store.ts'

/*
 * `Idempotency-Key`: one execution, one charge, the same reply for 24 hours.
 *
 * A key is taken in the very commit that begins its execution, and its reply is kept in the commit that ends it: of
 * a run those are its reservation and its settlement, of a creation they are one transaction. So there is nothing to
 * clean up. What is refused before it begins (4xx, 429, most 503) has taken no key and may be sent again; what has
 * begun is charged, and is answered the same way whatever became of it, failures included.
 *
 * A key without a reply belongs to a run. While that runs, the key is under way; when a crash has cut it off, the
 * next start settles it as failed, and that is the reply.
 *
 * Replies are sealed under what the caller alone has (`seal.ts`), for some hold secrets. So only the credential that
 * got a reply gets it again; to another of the same tenant the key is taken. And it gets what its powers of now
 * would let it ask for: a reply of an agent, a model or about a key that was taken from it since is refused.
 *
 * The number of keys needs no limit of its own: each belongs to a run or a creation, whose row outlives it.
 */

export interface OnceDeps {
  reads: StatementReader
  writer: Writer
  clock: Clock
  replies: Replies
  replyOfCutOff: ReplyOfCutOff
}

/** A request to one of the routes that heed the header. */
export type KeyedRequest = Replaying

/**
 * Executes what has no key, or a new one; answers a known key without executing anything.
 *
 * @param execute hands the claim on to the commits that begin and end it
 * @throws AresError `conflict` while the first is under way, `invalid` for a key that is malformed or was used with
 *   another body or credential, `storage_unavailable`
 */
export function once<T>(
  deps: OnceDeps,
  asked: KeyedRequest,
  execute: (claim: Claim | undefined) => Promise<T>,
): Promise<T | Response> {
  const key = asked.request.headers.get(IDEMPOTENCY_KEY)
  return key === null ? execute(undefined) : claimed(deps, asked, key, execute)
}

async function claimed<T>(
  deps: OnceDeps,
  asked: KeyedRequest,
  key: string,
  execute: (claim: Claim) => Promise<T>,
): Promise<T | Response> {
  const { request, admission } = asked
  const claim = claimOf(request, admission, key)
  const known = await findKey(deps.reads, claim, toTimestamp(deps.clock.now()))
  if (known) {
    // It may have been found before anybody was told of it.
    await deps.writer.durable()
    return replay(deps, asked, claim, known)
  }
  try {
    return await execute(claim)
  } catch (error) {
    // Somebody has taken the key since. Every other unique index has an error of its own.
    throw databaseFault(error) === 'unique' ? underWay(error) : error
  }
}

/**
 * The same for what spends: refused before anything is spent while there is no room for its reply, which is then
 * written however long it is.
 *
 * @throws AresError as `once` and `execute`, `rate_limited`, `overloaded`
 */
export function runOnce(
  deps: OnceDeps,
  asked: KeyedRequest,
  execute: (claim: Claim | undefined) => Promise<object | string>,
): Promise<Response> {
  const { replies } = deps
  return once(deps, asked, async (claim) => {
    replies.checkRoom(asked.admission)
    return replies.sendMetered(asked, await execute(claim))
  })
}

/** A request to create something, and where its status is set. */
export interface Creation extends KeyedRequest {
  set: { status?: number | string }
}

/** Creates something in one transaction, once; answers 201 with what `work` returns. @throws AresError as `once` and `work` */
export function createOnce<T extends object>(
  deps: OnceDeps & ChangeDeps,
  creation: Creation,
  work: (trx: Trx, stamp: Stamp) => Promise<T>,
): Promise<T | Response> {
  return once(deps, creation, async (claim) => {
    const body = await change(deps, async (trx, stamp) => {
      if (!claim) return work(trx, stamp)
      await takeKeyIn(trx, stamp, claim)
      const created = await work(trx, stamp)
      await keepReplyIn(trx, claim, { status: 201, body: created })
      return created
    })
    creation.set.status = 201
    return body
  })
}
