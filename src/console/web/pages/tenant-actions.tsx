import { useState } from 'preact/hooks'
import { call, type Reply } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { CancelAnd, Form, useSubmission } from '../parts/form.tsx'
import { say } from '../parts/toast.tsx'
import { link, navigate } from '../router.ts'
import { type Tier, TierField } from './tier-field.tsx'

interface ActionProps {
  tenant: Reply<'GET /api/admin/tenants/{id}'>
  onClose: () => void
}

/** Another plan: its limits act on the very next request. */
export function ChangeTier({ tenant, onClose }: ActionProps) {
  const [tier, setTier] = useState<Tier>(tenant.tier)
  const submission = useSubmission()
  const change = async () => {
    await call('PUT /api/admin/tenants/{id}/quota', { path: { id: tenant.id }, body: { tier } })
    say(`${tenant.name} is on the tier ${tier}.`)
    onClose()
  }
  return (
    <Dialog title="Change tier" onClose={onClose}>
      <Form
        submission={submission}
        onSubmit={change}
        buttons={
          <CancelAnd
            action="Change tier"
            disabled={submission.busy || tier === tenant.tier}
            onCancel={onClose}
          />
        }
      >
        <TierField
          value={tier}
          onChange={setTier}
          hint="The new limits hold from the next request on."
        />
      </Form>
    </Dialog>
  )
}

/** Shuts a tenant out, or lets it in again. */
export function SuspendTenant({ tenant, onClose }: ActionProps) {
  const suspends = tenant.status === 'active'
  const change = async () => {
    const status = suspends ? 'suspended' : 'active'
    await call('PATCH /api/admin/tenants/{id}', { path: { id: tenant.id }, body: { status } })
    say(`${tenant.name} is ${status}.`)
    onClose()
  }
  return (
    <Confirm
      title={suspends ? `Suspend ${tenant.name}?` : `Reactivate ${tenant.name}?`}
      action={suspends ? 'Suspend' : 'Reactivate'}
      act={change}
      onClose={onClose}
    >
      {suspends
        ? 'Every key of the tenant is refused with 403 until it is reactivated. What already runs is finished.'
        : 'Its keys work again from the next request on.'}
    </Confirm>
  )
}

/** The end of a tenant. */
export function DeleteTenant({ tenant, onClose }: ActionProps) {
  const remove = async () => {
    await call('DELETE /api/admin/tenants/{id}', { path: { id: tenant.id } })
    say(`${tenant.name} is deleted.`)
    navigate(link('/tenants'), { replace: true })
  }
  return (
    <Confirm
      title={`Delete ${tenant.name}?`}
      action="Delete tenant"
      typed={tenant.name}
      act={remove}
      onClose={onClose}
    >
      Its keys stop working at once and its agents are gone. What it used stays in the platform’s
      statistics. This cannot be taken back.
    </Confirm>
  )
}
