import { type AnyElysia, Elysia } from 'elysia'
import { findProfile } from '../agents/store.ts'
import { requireAgent } from '../caller/require.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Db } from '../db/tables.ts'
import { found } from '../errors.ts'
import type { Replies } from '../http/replies.ts'
import { documented, PAGING } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import { jsonList, jsonOf } from '../http/json-text.ts'
import { namePart } from '../http/path-parts.ts'
import { pageOf } from '../http/query.ts'
import { listedRunJson, RunList } from './schema.ts'
import { shownContents, sizeOfList, wholeBytes } from './shown-content.ts'
import { countRuns, listRuns } from './store.ts'

export interface RunHistoryDeps {
  db: Db
  reads: StatementReader
  replies: Replies
}

/** The history of a tenant's agent, mounted under /v1. Source: V1 Client API, "List Agent Runs". */
export function runHistoryRoutes({ db, reads, replies }: RunHistoryDeps): AnyElysia {
  return new Elysia({ name: 'run-history' }).use(tenantGuard).get(
    '/agents/:name/runs',
    async ({ caller, admission, params, request }) => {
      const { page, perPage, window } = pageOf(request)
      const name = namePart(params.name, 'agent')
      requireAgent(caller.powers, name)
      const agent = found(await findProfile(reads, caller.tenantId, name), 'agent')
      const total = await countRuns(reads, agent.id)
      const runs = await listRuns(reads, agent.id, window)
      const whole = wholeBytes(runs)
      return replies.send({ request, admission }, sizeOfList(runs, whole), async () => {
        const shown = await shownContents(db, runs, whole)
        const items = runs.map((run) => listedRunJson(run, shown.get(run.id)))
        return { text: jsonOf({ runs: jsonList(items), total, page, per_page: perPage }) }
      })
    },
    documented({
      summary: 'List agent runs',
      description:
        'Newest first. An answer has about 4 MiB: where more was said, the longest inputs and outputs are previews, marked with `content_truncated`. The `input` of a run under way or interrupted is null. With `content_expired`, input and output were dropped by retention, and `error` says what is still known.',
      tags: ['Runs'],
      query: PAGING,
      replies: { 200: RunList },
      failures: [401, 403, 404, 422, 429],
    }),
  )
}
