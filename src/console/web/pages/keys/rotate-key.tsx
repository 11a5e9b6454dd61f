import { useState } from 'preact/hooks'
import { Dialog } from '../../parts/dialog.tsx'
import { CancelAnd, Field, Form, Select, useSubmission } from '../../parts/form.tsx'
import { NewKey } from '../../parts/new-key.tsx'
import { useOnceKey } from '../../parts/once.ts'
import { Moment } from '../../parts/time.tsx'
import { type Key, lifeOf } from './key-draft.ts'

export interface RotateBody {
  overlap_seconds: number
  expires_in_days?: number
}

/** What a rotation brought. */
export interface Rotated {
  secret: string
  old_key_expires_at: string
}

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
const OVERLAPS = [
  { value: String(HOUR_S), label: 'an hour' },
  { value: String(DAY_S), label: 'a day' },
  { value: String(7 * DAY_S), label: 'a week' },
  { value: String(30 * DAY_S), label: '30 days' },
  { value: '0', label: 'not at all: it ends now' },
]

/** Puts a new key in the place of another, and shows it, this once. */
export function RotateKey(props: {
  target: Key
  rotate: (body: RotateBody, once: string) => Promise<Rotated>
  onClose: () => void
}) {
  const { target, rotate, onClose } = props
  const [rotated, setRotated] = useState<Rotated>()
  const [overlap, setOverlap] = useState(String(DAY_S))
  const [days, setDays] = useState('')
  const body = { overlap_seconds: Number(overlap), ...lifeOf(days) }
  const once = useOnceKey(body)
  const submission = useSubmission()
  if (rotated) {
    return (
      <NewKey title={`The new key ${target.name}`} secret={rotated.secret} onStored={onClose}>
        <p>
          The old one, <code>{target.prefix}…</code>,{' '}
          {body.overlap_seconds === 0 ? (
            'is refused from now on.'
          ) : (
            <>
              works until <Moment at={rotated.old_key_expires_at} />.
            </>
          )}
        </p>
      </NewKey>
    )
  }
  return (
    <Dialog title={`Rotate ${target.name}`} onClose={onClose}>
      <Form
        submission={submission}
        onSubmit={async () => setRotated(await rotate(body, once))}
        buttons={<CancelAnd action="Rotate key" disabled={submission.busy} onCancel={onClose} />}
      >
        <p>
          A new key takes the place of <code>{target.prefix}…</code>, with its name, its limits and
          what it spent this month.
        </p>
        <Field
          label="The old one goes on working for"
          problem={submission.failure?.of('/overlap_seconds')}
        >
          {(control) => (
            <Select control={control} value={overlap} options={OVERLAPS} onChange={setOverlap} />
          )}
        </Field>
        <Field
          label="Expires in days"
          hint="1 to 3650; left empty, the new key ends when the old one would have."
          problem={submission.failure?.of('/expires_in_days')}
        >
          {(control) => (
            <input
              {...control}
              inputMode="numeric"
              autocomplete="off"
              value={days}
              onInput={(event) => setDays(event.currentTarget.value.replace(/\D/g, ''))}
            />
          )}
        </Field>
      </Form>
    </Dialog>
  )
}
