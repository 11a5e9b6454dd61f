import { useState } from 'preact/hooks'
import { call, send } from '../api/client.ts'
import type { ChatEvent } from '../api/completion-stream.ts'
import { eventsOf } from '../api/event-stream.ts'
import { useResource } from '../api/resource.ts'
import { useLeaveGuard } from '../leave-guard.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Form, useSubmission } from '../parts/form.tsx'
import { Card, Page } from '../parts/page.tsx'
import { Loaded, StatusBadge } from '../parts/status.tsx'
import { say } from '../parts/toast.tsx'
import { link, navigate } from '../router.ts'
import { type Agent, changeOf, draftOf } from './agent-draft.ts'
import { AgentFields } from './agent-form.tsx'
import { AgentRuns, AgentStatistics } from './agent-history.tsx'
import { useAgentTrail } from './agent-trail.ts'
import { type Message, Playground } from './playground.tsx'

/** One agent of a tenant: its editor, a playground beside it, its figures and newest runs. */
export function AgentPage({ params }: { params: Record<string, string> }) {
  const path = { id: params['id']!, name: params['name']! }
  const trail = useAgentTrail(path.id)
  const agent = useResource(`agent ${path.id} ${path.name}`, (signal) =>
    call('GET /api/admin/tenants/{id}/agents/{name}', { path, signal }),
  )
  return (
    <Page
      title={path.name}
      trail={trail}
      badges={agent.data && <StatusBadge status={agent.data.status} />}
      actions={agent.data && <DeleteButton agent={agent.data} />}
    >
      <Loaded from={agent}>
        {(data) => (
          <>
            <div class="columns follow">
              <Editor key={data.id} agent={data} onSaved={agent.reload} />
              <Playground
                hint="It answers as it is saved. What it uses counts for the tenant."
                ask={(messages, signal) => askAgent(path, messages, signal)}
              />
            </div>
            <AgentStatistics path={path} />
            <AgentRuns path={path} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

async function* askAgent(
  { id, name }: { id: string; name: string },
  messages: Message[],
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const body = { agent: name, messages }
  yield* eventsOf<ChatEvent>(
    await send('POST /api/admin/tenants/{id}/chat/stream', { path: { id }, body, signal }),
  )
}

function Editor({ agent, onSaved }: { agent: Agent; onSaved: () => void }) {
  const saved = draftOf(agent)
  const [draft, setDraft] = useState(saved)
  const submission = useSubmission()
  const changed = JSON.stringify(draft) !== JSON.stringify(saved)
  useLeaveGuard(changed ? 'The agent has changes that are not saved. Leave them?' : null)
  const save = async () => {
    const path = { id: agent.tenant_id, name: agent.name }
    const after = await call('PUT /api/admin/tenants/{id}/agents/{name}', {
      path,
      body: changeOf(draft),
    })
    say('The agent is saved.')
    setDraft(draftOf(after))
    if (after.name === agent.name) onSaved()
    else navigate(link(`/tenants/${agent.tenant_id}/agents/${after.name}`), { replace: true })
  }
  return (
    <Card title="Agent" padded>
      <Form
        submission={submission}
        onSubmit={save}
        buttons={
          <>
            {changed && (
              <button type="button" class="button" onClick={() => setDraft(saved)}>
                Undo changes
              </button>
            )}
            <button class="button primary" disabled={submission.busy || !changed}>
              Save
            </button>
          </>
        }
      >
        <AgentFields draft={draft} onChange={setDraft} failure={submission.failure} />
      </Form>
    </Card>
  )
}

function DeleteButton({ agent }: { agent: Agent }) {
  const [asking, setAsking] = useState(false)
  const tenant = link(`/tenants/${agent.tenant_id}`)
  return (
    <>
      <button type="button" class="button danger" onClick={() => setAsking(true)}>
        Delete
      </button>
      {asking && (
        <Confirm
          title={`Delete ${agent.name}?`}
          action="Delete agent"
          typed={agent.name}
          onClose={() => setAsking(false)}
          act={async () => {
            const path = { id: agent.tenant_id, name: agent.name }
            await call('DELETE /api/admin/tenants/{id}/agents/{name}', { path })
            say(`The agent ${agent.name} is deleted.`)
            navigate(tenant, { replace: true })
          }}
        >
          Whoever runs it gets 404. Its runs stay in the tenant’s totals.
        </Confirm>
      )}
    </>
  )
}
