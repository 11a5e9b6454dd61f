import { type AnyElysia, Elysia } from 'elysia'
import type { Clock } from '../clock.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Db } from '../db/tables.ts'
import { WalkLane } from '../db/walk.ts'
import { AresError, found } from '../errors.ts'
import type { Replies, Asked } from '../http/replies.ts'
import { documented } from '../http/documented.ts'
import { adminGuard, tenantGuard } from '../http/guards.ts'
import { idPart } from '../http/path-parts.ts'
import { Tally } from '../tally.ts'
import type { Caller } from '../caller/caller.ts'
import {
  AdminRunDetail,
  adminRunDetailJson,
  AdminRunItemList,
  RunDetail,
  runDetailJson,
  RunItemList,
  toAdminRunItem,
  toRunItem,
  toRunPage,
} from './list-schema.ts'
import { ADMIN_RUN_FILTERS, RUN_FILTERS, type RunOwner, runQuestion } from './run-filter.ts'
import { findNamedRun, type ListedRun } from './run-list-store.ts'
import { findRuns, type RunPage } from './run-walk.ts'
import { sizeOfRun, wholeContent } from './shown-content.ts'

export interface RunListDeps {
  db: Db
  reads: StatementReader
  clock: Clock
  replies: Replies
}

const tags: [string] = ['Runs']

/** The share of the event loop that lists may take: a quarter for all tenants together, a half for operators. */
const REST = { tenants: 3, operators: 1 }
/** Lists of one tenant under way at once. */
const MAX_AT_ONCE = 2

/** A tenant's own runs and chats of all agents and models, mounted under /v1. */
export function runListRoutes({ db, reads, clock, replies }: RunListDeps): AnyElysia {
  const lane = new WalkLane(clock, REST.tenants)
  const underWay = new Tally()
  return new Elysia({ name: 'run-list' })
    .use(tenantGuard)
    .get(
      '/runs',
      async ({ caller, admission, request }) => {
        const { tenantId } = caller
        const question = runQuestion(request, ownerOf(caller))
        if (underWay.of(tenantId) >= MAX_AT_ONCE) throw tooMany()
        underWay.add(tenantId)
        try {
          const page = await findRuns({ db, lane }, question)
          return await sendPage(replies, { request, admission }, page, toRunItem)
        } finally {
          underWay.remove(tenantId)
        }
      },
      documented({
        summary: 'List runs and chats',
        description: 'Newest first, of all agents and models, without what was said.',
        tags,
        query: RUN_FILTERS,
        replies: { 200: RunItemList },
        failures: [401, 403, 422, 429, 503],
      }),
    )
    .get(
      '/runs/:id',
      async ({ caller, admission, params, request }) => {
        const id = idPart(params.id, 'run')
        const run = found(await findNamedRun(db, id, ownerOf(caller)), 'run')
        return replies.send({ request, admission }, sizeOfRun(run), async () => ({
          text: runDetailJson(run, await wholeContent(reads, run)),
        }))
      },
      documented({
        summary: 'Get a run or chat',
        tags,
        replies: { 200: RunDetail },
        failures: [401, 403, 404, 429, 503],
      }),
    )
}

function ownerOf({ tenantId, powers }: Caller): RunOwner {
  return { tenantId, onlyAgents: powers?.allowedAgents ?? null }
}

function sendPage(
  replies: Replies,
  asked: Asked,
  page: RunPage,
  toItem: (run: ListedRun) => object,
): Promise<Response> {
  return replies.sendRows(asked, page.runs.length, () => toRunPage(page, toItem))
}

function tooMany(): AresError {
  const sentence = 'Too many lists of runs of this tenant are under way; try again shortly.'
  return new AresError('rate_limited', sentence, { retryAfterS: 1 })
}

/** Everybody's runs and chats, for operators. */
export function runListAdminRoutes({ db, reads, clock, replies }: RunListDeps): AnyElysia {
  const deps = { db, lane: new WalkLane(clock, REST.operators) }
  return new Elysia({ name: 'run-list-admin' })
    .use(adminGuard)
    .get(
      '/runs',
      async ({ admission, request }) => {
        const page = await findRuns(deps, runQuestion(request))
        return sendPage(replies, { request, admission }, page, toAdminRunItem)
      },
      documented({
        summary: 'List runs and chats of all tenants',
        description: 'Newest first, without what was said. Those of deleted tenants are in it.',
        tags,
        query: ADMIN_RUN_FILTERS,
        replies: { 200: AdminRunItemList },
        failures: [401, 422, 429],
      }),
    )
    .get(
      '/runs/:id',
      async ({ admission, params, request }) => {
        const run = found(await findNamedRun(db, idPart(params.id, 'run')), 'run')
        return replies.send({ request, admission }, sizeOfRun(run), async () => ({
          text: adminRunDetailJson(run, await wholeContent(reads, run)),
        }))
      },
      documented({
        summary: 'Get a run or chat of any tenant',
        tags,
        replies: { 200: AdminRunDetail },
        failures: [401, 404, 429],
      }),
    )
}
