import { useState } from 'preact/hooks'
import { call, type Reply } from '../api/client.ts'
import { useResource } from '../api/resource.ts'
import { Dialog } from '../parts/dialog.tsx'
import { CancelAnd, Field, Form, Select, useSubmission } from '../parts/form.tsx'
import { NewKey } from '../parts/new-key.tsx'
import { useOnceKey } from '../parts/once.ts'
import { Loaded } from '../parts/status.tsx'
import { link, navigate } from '../router.ts'
import { NAME_HINT } from './create-tenant.tsx'
import { type Tier, TierField } from './tier-field.tsx'

type Provisioned = Reply<'POST /api/admin/provision-client'>
type Template = Reply<'GET /api/admin/agent-templates'>['templates'][number]

/** Tenant, agents and first key in one step; the key is shown once. */
export function ProvisionClient({ onClose }: { onClose: () => void }) {
  const [done, setDone] = useState<Provisioned>()
  const templates = useResource('templates', (signal) =>
    call('GET /api/admin/agent-templates', { signal }),
  )
  if (done) return <Created client={done} />
  return (
    <Dialog title="Provision client" onClose={onClose}>
      <Loaded from={templates}>
        {(data) => (
          <ProvisionForm templates={data.templates} onCreated={setDone} onCancel={onClose} />
        )}
      </Loaded>
    </Dialog>
  )
}

function Created({ client }: { client: Provisioned }) {
  return (
    <NewKey
      title={`${client.tenant_name} is ready`}
      secret={client.raw_api_key}
      onStored={() => navigate(link(`/tenants/${client.tenant_id}`), { replace: true })}
    >
      <p>
        {client.agents_created.length === 1 ? 'Its agent: ' : 'Its agents: '}
        {client.agents_created.join(', ')}.
      </p>
    </NewKey>
  )
}

function ProvisionForm(props: {
  templates: Template[]
  onCreated: (client: Provisioned) => void
  onCancel: () => void
}) {
  const { templates, onCreated, onCancel } = props
  const productTypes = [...new Set(templates.map(({ product_type }) => product_type))]
  const [name, setName] = useState('')
  const [tier, setTier] = useState<Tier>('free')
  const [productType, setProductType] = useState(productTypes[0] ?? '')
  const [keyName, setKeyName] = useState('production')
  const body = { name, tier, product_type: productType, api_key_name: keyName }
  const once = useOnceKey(body)
  const submission = useSubmission()
  const { failure } = submission
  const agents = templates.filter(({ product_type }) => product_type === productType)
  return (
    <Form
      submission={submission}
      onSubmit={async () =>
        onCreated(await call('POST /api/admin/provision-client', { body, once }))
      }
      buttons={
        <CancelAnd
          action="Provision"
          disabled={submission.busy || name === ''}
          onCancel={onCancel}
        />
      }
    >
      <Field label="Name" hint={NAME_HINT} problem={failure?.of('/name')}>
        {(control) => (
          <input
            {...control}
            autofocus
            autocomplete="off"
            spellcheck={false}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <TierField value={tier} onChange={setTier} />
      <Field
        label="Product type"
        hint={`Its agents: ${agents.map((agent) => agent.name).join(', ')}`}
        problem={failure?.of('/product_type')}
      >
        {(control) => (
          <Select
            control={control}
            value={productType}
            options={productTypes}
            onChange={setProductType}
          />
        )}
      </Field>
      <Field label="Name of the API key" problem={failure?.of('/api_key_name')}>
        {(control) => (
          <input
            {...control}
            autocomplete="off"
            value={keyName}
            onInput={(event) => setKeyName(event.currentTarget.value)}
          />
        )}
      </Field>
    </Form>
  )
}
