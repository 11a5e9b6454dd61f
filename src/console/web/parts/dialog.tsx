import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from './icons.tsx'

/**
 * A dialog over the page: the rest is out of reach until it is closed, and the focus goes back to where it was.
 *
 * @param onClose absent while it must not be closed by Escape
 */
export function Dialog(props: {
  title: string
  onClose?: (() => void) | undefined
  class?: string
  children: ComponentChildren
}) {
  const { title, onClose, children } = props
  const dialog = useModal()
  const titleId = useId()
  return (
    <dialog
      ref={dialog}
      class={props.class ?? ''}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      // Chromium lets a second Escape close a dialog whatever the first was answered.
      onClose={({ currentTarget }) => {
        if (!currentTarget.isConnected) return
        if (onClose) onClose()
        else currentTarget.showModal()
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        {onClose && (
          <button type="button" class="button plain icon" onClick={onClose}>
            <Icon name="close" />
            <span class="hidden">Close</span>
          </button>
        )}
      </header>
      {children}
    </dialog>
  )
}

/** Opens a dialog element as modal for as long as it is there. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const before = document.activeElement
    const element = dialog.current!
    element.showModal()
    element.querySelector<HTMLElement>('[autofocus], input, select, textarea')?.focus()
    return () => {
      element.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return dialog
}
