import { useState } from 'preact/hooks'
import { Dialog } from '../../parts/dialog.tsx'
import { CancelAnd, Form, useSubmission } from '../../parts/form.tsx'
import { moment } from '../../format.ts'
import { changesOf, draftOf, type Key, type KeyChanges } from './key-draft.ts'
import { type Ends, type KeyChoices, KeyFields, NEW_ENDS } from './key-fields.tsx'

/** Changes the name, the end and the limits of a key. */
export function EditKey(props: {
  target: Key
  choices: KeyChoices
  update: (changes: KeyChanges) => Promise<unknown>
  onChanged: () => void
  onClose: () => void
}) {
  const { target, choices, update, onChanged, onClose } = props
  const [saved] = useState(() => draftOf(target.name, target.powers, 'same'))
  const [draft, setDraft] = useState(saved)
  const submission = useSubmission()
  const changes = changesOf(saved, draft)
  const isSame = Object.keys(changes).length === 0
  return (
    <Dialog class="roomy" title={`Edit ${target.name}`} onClose={onClose}>
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
          ends={endsOf(target)}
          choices={choices}
        />
        <p class="muted">Changes count from its next request on.</p>
      </Form>
    </Dialog>
  )
}

function endsOf({ expires_at }: Key): Ends {
  if (expires_at !== null) return [{ value: 'same', label: moment(expires_at) }, ...NEW_ENDS]
  const others = NEW_ENDS.filter(({ value }) => value !== 'never')
  return [{ value: 'same', label: 'never' }, ...others]
}
