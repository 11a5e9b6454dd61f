import { type AnyElysia, Elysia } from 'elysia'
import { documented } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import { hot } from '../http/hot-routes.ts'
import { jsonBody } from '../http/json-body.ts'
import { namePart } from '../http/path-parts.ts'
import { type OnceDeps, runOnce } from '../idempotency/once.ts'
import { messageFirst, Run, RunRequest } from '../runs/schema.ts'
import { ownerOf } from './owner.ts'
import type { RunAgent } from './run-agent.ts'

export interface RunRouteDeps extends OnceDeps {
  runAgent: RunAgent
}

/** How an agent is run, mounted under /v1. Source: V1 Client API, "Run an Agent". */
export function runRoutes(deps: RunRouteDeps): AnyElysia {
  return new Elysia({ name: 'runs' }).use(tenantGuard).post(
    '/agents/:name/run',
    hot<RunRequest, { name: string }>((context) =>
      runOnce(deps, context, (claim) =>
        deps.runAgent(
          ownerOf(context, claim),
          namePart(context.params.name, 'agent'),
          messageFirst(context.body.input),
        ),
      ),
    ),
    {
      ...jsonBody(RunRequest),
      ...documented({
        summary: 'Run an agent',
        description:
          'Answers 200 with the run also when the agent failed: then `status` is `failed` and `error` says why.',
        tags: ['Runs'],
        once: true,
        replies: { 200: Run },
        failures: [400, 401, 403, 404, 409, 413, 415, 422, 429, 503],
      }),
    },
  )
}
