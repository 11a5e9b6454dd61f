import { useState } from 'preact/hooks'
import { Icon } from './icons.tsx'
import { say } from './toast.tsx'

/** Plain http on a network address has no clipboard; there the old way still works. */
async function copy(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  // Inside an open dialog, for everything else is out of reach.
  const parent = document.querySelector('dialog[open]') ?? document.body
  parent.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (!copied) throw new Error('The browser did not allow it.')
}

/** Copies a text, and says so. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [done, setDone] = useState(false)
  const onClick = () => {
    copy(text).then(
      () => {
        setDone(true)
        setTimeout(() => setDone(false), 2000)
      },
      () => say(`${what} could not be copied: select it and copy it by hand.`),
    )
  }
  return (
    <button type="button" class="button small" onClick={onClick}>
      <Icon name="copy" size={14} />
      <span aria-live="polite">{done ? 'Copied' : 'Copy'}</span>
      <span class="hidden"> {what}</span>
    </button>
  )
}
