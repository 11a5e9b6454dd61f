import { type AnyElysia, Elysia } from 'elysia'
import { findProfile } from '../agents/store.ts'
import { requireAgent } from '../caller/require.ts'
import { documented, PAGING } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import { jsonBody } from '../http/json-body.ts'
import { once, type OnceDeps } from '../idempotency/once.ts'
import { found } from '../errors.ts'
import { namePart } from '../http/path-parts.ts'
import { pageOf } from '../http/query.ts'
import type { RunAgent } from '../execution/run-agent.ts'
import { Run, RunList, RunRequest, toRun } from './schema.ts'
import { countRuns, listRuns } from './store.ts'

export interface RunRouteDeps extends OnceDeps {
  runAgent: RunAgent
}

const tags: [string] = ['Runs']

/** A tenant's runs, mounted under /v1. Source: V1 Client API, "Run an Agent", "List Agent Runs". */
export function runRoutes(deps: RunRouteDeps): AnyElysia {
  const { reads, runAgent } = deps
  return new Elysia({ name: 'runs' })
    .use(tenantGuard)
    .post(
      '/agents/:name/run',
      ({ caller, admission, params, body, request }) =>
        once(deps, { request, admission }, async (claim) => {
          const name = namePart(params.name, 'agent')
          const { signal: client } = request
          const { times } = admission
          const run = await runAgent({ caller, name, input: body.input, client, times, claim })
          admission.tokens = run.tokens_used
          return run
        }),
      {
        ...jsonBody(RunRequest),
        ...documented({
          summary: 'Run an agent',
          description:
            'Answers 200 with the run also when the agent failed: then `status` is `failed` and `error` says why.',
          tags,
          once: true,
          replies: { 200: Run },
          failures: [400, 401, 403, 404, 409, 413, 415, 422, 429, 503],
        }),
      },
    )
    .get(
      '/agents/:name/runs',
      async ({ caller, params, request }) => {
        const { page, perPage, window } = pageOf(request)
        const name = namePart(params.name, 'agent')
        requireAgent(caller.powers, name)
        const agent = found(await findProfile(reads, caller.tenantId, name), 'agent')
        const total = await countRuns(reads, agent.id)
        const runs = (await listRuns(reads, agent.id, window)).map(toRun)
        return { runs, total, page, per_page: perPage }
      },
      documented({
        summary: 'List agent runs',
        description:
          'Newest first. The `input` of a run under way or interrupted is null. With `content_expired`, input and output were dropped by retention, and `error` says what is still known.',
        tags,
        query: PAGING,
        replies: { 200: RunList },
        failures: [401, 403, 404, 422, 429],
      }),
    )
}
