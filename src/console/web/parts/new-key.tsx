import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useLeaveGuard } from '../leave-guard.ts'
import { CopyButton } from './copy.tsx'
import { Dialog } from './dialog.tsx'

/** Shows a new key, this once: the dialog goes only when its reader says that the key is stored. */
export function NewKey(props: {
  title: string
  secret: string
  onStored: () => void
  children?: ComponentChildren
}) {
  const { title, secret, onStored, children } = props
  const [stored, setStored] = useState(false)
  useLeaveGuard(stored ? null : 'The key is shown only now. Leave without it?')
  return (
    <Dialog title={title}>
      <div class="body stack">
        {children}
        <p>
          This is the API key. <strong>It is shown only now</strong>; the server keeps a hash of it.
        </p>
        <div class="secret">
          <code>{secret}</code>
          <CopyButton text={secret} what="the API key" />
        </div>
        <label class="row">
          <input
            type="checkbox"
            checked={stored}
            onChange={(event) => setStored(event.currentTarget.checked)}
          />
          I have stored it
        </label>
        <footer>
          <button type="button" class="button primary" disabled={!stored} onClick={onStored}>
            Done
          </button>
        </footer>
      </div>
    </Dialog>
  )
}
