import { call, type Reply } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { money } from '../format.ts'
import { link } from '../router.ts'
import type { FactList } from '../parts/facts.tsx'
import { RunView, spentFacts } from './run-detail.tsx'

type Run = Reply<'GET /api/admin/runs/{id}'>

/** One run: what went in, what came out, what it took. */
export function RunPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!
  const run = useResource(
    `run ${id}`,
    (signal) => call('GET /api/admin/runs/{id}', { path: { id }, signal }),
    { everyMs: LIVE_MS },
  )
  return <RunView id={id} run={run} factsOf={factsOf} />
}

function factsOf(run: Run): FactList {
  return [
    ['Id', <code key="id">{run.id}</code>],
    [
      'Tenant',
      <a key="tenant" href={link(`/tenants/${run.tenant_id}`)}>
        {run.tenant_name}
      </a>,
    ],
    ['Kind', run.kind],
    ['Agent', run.agent === null ? null : <AgentLink key="agent" run={run} />],
    ['Model', `${run.model} (${run.provider})`],
    ['Key', run.key_prefix === null ? run.key_id : <code key="key">{run.key_prefix}…</code>],
    ...spentFacts(run),
    ['Cost', run.cost_micro_usd === null ? 'no price is configured' : money(run.cost_micro_usd)],
    ...failureFacts(run),
  ]
}

function failureFacts({ error_code }: Run): FactList {
  return error_code === null ? [] : [['Error', <code key="code">{error_code}</code>]]
}

function AgentLink({ run }: { run: Run }) {
  return <a href={link(`/tenants/${run.tenant_id}/agents/${run.agent}`)}>{run.agent}</a>
}
