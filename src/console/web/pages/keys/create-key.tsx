import { useState } from 'preact/hooks'
import { Dialog } from '../../parts/dialog.tsx'
import { CancelAnd, Form, useSubmission } from '../../parts/form.tsx'
import { NewKey } from '../../parts/new-key.tsx'
import { useOnceKey } from '../../parts/once.ts'
import { draftOf, type NewKeyBody, newKeyBody, type Powers } from './key-draft.ts'
import { type KeyChoices, KeyFields, NEW_ENDS } from './key-fields.tsx'

/** Makes a key and shows it, this once. */
export function CreateKey(props: {
  create: (body: NewKeyBody, once: string) => Promise<string>
  /** What the form begins with. */
  powers: Powers | undefined
  choices: KeyChoices
  onClose: () => void
}) {
  const { create, powers, choices, onClose } = props
  const [secret, setSecret] = useState<string>()
  const [draft, setDraft] = useState(() => draftOf('', powers, 'never'))
  const body = newKeyBody(draft)
  const once = useOnceKey(body)
  const submission = useSubmission()
  if (secret !== undefined) {
    return <NewKey title={`The key ${draft.name}`} secret={secret} onStored={onClose} />
  }
  return (
    <Dialog class="roomy" title="New API key" onClose={onClose}>
      <Form
        submission={submission}
        onSubmit={async () => setSecret(await create(body, once))}
        buttons={
          <CancelAnd
            action="Create key"
            disabled={submission.busy || draft.name === ''}
            onCancel={onClose}
          />
        }
      >
        <KeyFields
          draft={draft}
          onChange={setDraft}
          failure={submission.failure}
          ends={NEW_ENDS}
          choices={choices}
        />
      </Form>
    </Dialog>
  )
}
