import { useState } from 'preact/hooks'
import { Dialog } from '../../parts/dialog.tsx'
import { CancelAnd, Form, useSubmission } from '../../parts/form.tsx'
import { Moment } from '../../parts/time.tsx'
import { changesOf, draftOf, type Key, type KeyChanges } from './key-draft.ts'
import { KeyFields } from './key-fields.tsx'

/** Changes the name, the end and the limits of a key. */
export function EditKey(props: {
  target: Key
  update: (changes: KeyChanges) => Promise<unknown>
  onChanged: () => void
  onClose: () => void
}) {
  const { target, update, onChanged, onClose } = props
  const [saved] = useState(() => draftOf(target.name, target.powers))
  const [draft, setDraft] = useState(saved)
  const submission = useSubmission()
  const changes = changesOf(saved, draft)
  const isSame = Object.keys(changes).length === 0
  return (
    <Dialog title={`Edit ${target.name}`} onClose={onClose}>
      <Form
        submission={submission}
        onSubmit={async () => {
          await update(changes)
          onChanged()
        }}
        buttons={
          <CancelAnd
            action="Save"
            disabled={submission.busy || isSame || draft.name === ''}
            onCancel={onClose}
          />
        }
      >
        <KeyFields
          draft={draft}
          onChange={setDraft}
          failure={submission.failure}
          daysHint="1 to 3650, counted from now; left empty, its end stays as it is."
        />
        <p class="muted">
          {target.expires_at === null ? (
            'It does not expire.'
          ) : (
            <>
              Its end: <Moment at={target.expires_at} />.
            </>
          )}{' '}
          Changes count from its next request on.
        </p>
      </Form>
    </Dialog>
  )
}
