import { useState } from 'preact/hooks'
import { call } from '../api/client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { CancelAnd, Field, Form, useSubmission } from '../parts/form.tsx'
import { useOnceKey } from '../parts/once.ts'
import { say } from '../parts/toast.tsx'
import { link, navigate } from '../router.ts'
import { type Tier, TierField } from './tier-field.tsx'

export const NAME_HINT = 'Lowercase letters, digits and single hyphens; at most 63.'

/** A tenant without agents or keys. */
export function CreateTenant({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [tier, setTier] = useState<Tier>('free')
  const once = useOnceKey({ name, tier })
  const submission = useSubmission()
  const create = async () => {
    const tenant = await call('POST /api/admin/tenants', { body: { name, tier }, once })
    say(`The tenant ${tenant.name} is created.`)
    navigate(link(`/tenants/${tenant.id}`), { replace: true })
  }
  return (
    <Dialog title="Create tenant" onClose={onClose}>
      <Form
        submission={submission}
        onSubmit={create}
        buttons={
          <CancelAnd
            action="Create tenant"
            disabled={submission.busy || name === ''}
            onCancel={onClose}
          />
        }
      >
        <Field label="Name" hint={NAME_HINT} problem={submission.failure?.of('/name')}>
          {(control) => (
            <input
              {...control}
              autocomplete="off"
              spellcheck={false}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <TierField value={tier} onChange={setTier} />
      </Form>
    </Dialog>
  )
}
