import { useState } from 'preact/hooks'
import { call } from '../api/client.ts'
import { Form, useSubmission } from '../parts/form.tsx'
import { useOnceKey } from '../parts/once.ts'
import { Card, Page } from '../parts/page.tsx'
import { say } from '../parts/toast.tsx'
import { link, navigate } from '../router.ts'
import { createdOf, NEW_DRAFT } from './agent-draft.ts'
import { AgentFields } from './agent-form.tsx'
import { useAgentTrail } from './agent-trail.ts'

/** A new agent of a tenant. */
export function NewAgentPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!
  const trail = useAgentTrail(id)
  const [draft, setDraft] = useState(NEW_DRAFT)
  const submission = useSubmission()
  const once = useOnceKey(draft)
  const create = async () => {
    const path = { id }
    const agent = await call('POST /api/admin/tenants/{id}/agents', {
      path,
      body: createdOf(draft),
      once,
    })
    say(`The agent ${agent.name} is created.`)
    navigate(link(`/tenants/${id}/agents/${agent.name}`), { replace: true })
  }
  return (
    <Page title="New agent" trail={trail}>
      <Card title="Agent" padded>
        <Form
          submission={submission}
          onSubmit={create}
          buttons={
            <button
              class="button primary"
              disabled={submission.busy || draft.name === '' || draft.model === ''}
            >
              Create agent
            </button>
          }
        >
          <AgentFields draft={draft} onChange={setDraft} failure={submission.failure} />
        </Form>
      </Card>
    </Page>
  )
}
