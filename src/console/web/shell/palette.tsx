import { useId, useState } from 'preact/hooks'
import { mayLeave } from '../leave-guard.ts'
import { useModal } from '../parts/dialog.tsx'
import { navigate } from '../router.ts'
import type { Session } from '../session.ts'
import { type Choice, useChoices } from './choices.ts'
import type { MenuEntry } from './navigation.ts'

/** Jumps to pages, tenants, agents and actions by a few letters. */
export function Palette(props: { session: Session; menu: MenuEntry[]; onClose: () => void }) {
  const { session, menu, onClose } = props
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const dialog = useModal()
  const listId = useId()
  const choices = useChoices(session, menu, text.trim().toLowerCase())
  const index = Math.min(marked, choices.length - 1)
  const take = (choice: Choice | undefined) => {
    if (!choice) return
    onClose()
    // After the dialog has given the focus back.
    setTimeout(() => go(choice))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter') take(choices[index])
    else if (step !== undefined) setMarked((index + step + choices.length) % choices.length)
    else return
    event.preventDefault()
  }
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label="Search or jump to"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <input
        role="combobox"
        aria-label="Search or jump to"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={index >= 0 ? `${listId}-${index}` : undefined}
        placeholder="Pages, tenants, agents, actions"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setMarked(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={listId} role="listbox" aria-label="Results">
        {choices.map((choice, each) => (
          <li
            key={`${choice.kind} ${choice.label}`}
            id={`${listId}-${each}`}
            role="option"
            aria-selected={each === index}
            ref={each === index ? showOption : null}
            onPointerMove={() => setMarked(each)}
            onClick={() => take(choice)}
          >
            {choice.label} <small>{choice.kind}</small>
          </li>
        ))}
      </ul>
      {choices.length === 0 && <p class="empty">Nothing of that name.</p>}
    </dialog>
  )
}

function go(choice: Choice): void {
  if (!('href' in choice)) choice.act()
  else if (mayLeave()) navigate(choice.href)
}

function showOption(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
