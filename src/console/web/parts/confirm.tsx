import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Dialog } from './dialog.tsx'
import { CancelAnd, Field, Form, useSubmission } from './form.tsx'

/** Asks before something that cannot be taken back; the worst of it only after its name was typed. */
export function Confirm(props: {
  title: string
  /** What the button says and does. */
  action: string
  act: () => Promise<void>
  /** What has to be typed first. */
  typed?: string
  onClose: () => void
  children: ComponentChildren
}) {
  const { title, action, act, typed, onClose, children } = props
  const submission = useSubmission()
  const [text, setText] = useState('')
  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        submission={submission}
        onSubmit={act}
        buttons={
          <CancelAnd
            action={action}
            danger
            disabled={submission.busy || (typed !== undefined && text !== typed)}
            onCancel={onClose}
          />
        }
      >
        <div>{children}</div>
        {typed !== undefined && (
          <Field label={`Type ${typed} to confirm`}>
            {(control) => (
              <input
                {...control}
                autocomplete="off"
                spellcheck={false}
                value={text}
                onInput={(event) => setText(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
      </Form>
    </Dialog>
  )
}
