import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { type ApiFailure, toFailure } from '../api/failure.ts'
import { Failure } from './status.tsx'

/** What a field's control needs so that its label, hint and mistake belong to it. */
export interface ControlProps {
  id: string
  class: 'input'
  'aria-describedby': string | undefined
  'aria-invalid': boolean
}

/** A labelled control with a hint, and the mistake the API found in it. */
export function Field(props: {
  label: string
  hint?: ComponentChildren
  problem?: string | undefined
  children: (control: ControlProps) => ComponentChildren
}) {
  const { label, hint, problem, children } = props
  const id = useId()
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        class: 'input',
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': problem !== undefined,
      })}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      {problem !== undefined && (
        <span id={`${id}-problem`} class="problem">
          {problem}
        </span>
      )}
    </div>
  )
}

/** One of a few values. */
export function Select(props: {
  value: string
  options: readonly (string | { value: string; label: string })[]
  onChange: (value: string) => void
  control?: ControlProps
  label?: string
}) {
  const { value, options, onChange, control, label } = props
  return (
    <select
      class="input"
      {...control}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {options.map((option) => {
        const each = typeof option === 'string' ? { value: option, label: option } : option
        return (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        )
      })}
    </select>
  )
}

/** The state of something that is being sent. */
export interface Submission {
  busy: boolean
  failure: ApiFailure | undefined
  /** Sends once at a time; a failure is kept to be shown. */
  submit: (work: () => Promise<void>) => Promise<void>
}

export function useSubmission(): Submission {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure>()
  const submit = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      await work()
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, failure, submit }
}

/** The two buttons beneath a form in a dialog. */
export function CancelAnd(props: {
  action: string
  /** What is done cannot be taken back. */
  danger?: boolean
  disabled: boolean
  onCancel: () => void
}) {
  const { action, danger = false, disabled, onCancel } = props
  return (
    <>
      <button type="button" class="button" onClick={onCancel}>
        Cancel
      </button>
      <button class={danger ? 'button danger' : 'button primary'} disabled={disabled}>
        {action}
      </button>
    </>
  )
}

/** A form that is sent by our own code, with what went wrong above its buttons. */
export function Form(props: {
  submission: Submission
  onSubmit: () => Promise<void>
  children: ComponentChildren
  buttons: ComponentChildren
}) {
  const { submission, onSubmit, children, buttons } = props
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submission.submit(onSubmit)
      }}
    >
      {children}
      {submission.failure && <Failure failure={submission.failure} />}
      <footer>{buttons}</footer>
    </form>
  )
}
