import { call, type Reply } from '../../api/client.ts'
import { OWN_LIVE_MS, useResource } from '../../api/resource.ts'
import type { FactList } from '../../parts/facts.tsx'
import { RunView, spentFacts } from '../run-detail.tsx'

type Run = Reply<'GET /v1/runs/{id}'>

/** One of the tenant's own runs. */
export function OwnRun({ params }: { params: Record<string, string> }) {
  const id = params['id']!
  const run = useResource(
    `own run ${id}`,
    (signal) => call('GET /v1/runs/{id}', { path: { id }, signal }),
    { everyMs: OWN_LIVE_MS },
  )
  return <RunView id={id} run={run} factsOf={factsOf} />
}

function factsOf(run: Run): FactList {
  return [
    ['Id', <code key="id">{run.id}</code>],
    ['Kind', run.kind],
    ['Agent', run.agent],
    ['Model', <code key="model">{run.model}</code>],
    ...spentFacts(run),
  ]
}
