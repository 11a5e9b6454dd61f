import { useState } from 'preact/hooks'
import { count } from '../format.ts'
import { Field, Select } from './form.tsx'

/** Names out of a list, or everything, which is also what comes later. */
export function PickNames(props: {
  label: string
  /** What is picked: `agent`. */
  noun: string
  /** What is there to be picked. */
  known: string[]
  /** Whether other names may be added. */
  free: boolean
  /** Null is everything. */
  value: string[] | null
  onChange: (value: string[] | null) => void
  problem: string | undefined
}) {
  const { label, noun, value, onChange, problem } = props
  return (
    <Field label={label} problem={problem} hint={value?.length === 0 && `None chosen: no ${noun}.`}>
      {(control) => (
        <>
          <Select
            control={control}
            value={value === null ? 'all' : 'some'}
            options={[
              { value: 'all', label: `every ${noun}` },
              { value: 'some', label: value === null ? 'only some…' : chosenOf(value, noun) },
            ]}
            onChange={(choice) => onChange(choice === 'all' ? null : [])}
          />
          {value !== null && <Names {...props} value={value} />}
        </>
      )}
    </Field>
  )
}

function chosenOf(names: string[], noun: string): string {
  if (names.length === 0) return 'only these'
  return `only ${count(names.length)} ${noun}${names.length === 1 ? '' : 's'}`
}

/** A field that finds and adds, and a box to tick for each name. */
function Names(props: {
  noun: string
  known: string[]
  free: boolean
  value: string[]
  onChange: (value: string[]) => void
}) {
  const { noun, known, free, value, onChange } = props
  const [text, setText] = useState('')
  // What was added stays there to be ticked again.
  const [added, setAdded] = useState(value)
  const typed = text.split(/[\s,]+/).filter((name) => name !== '')
  const all = [...new Set([...known, ...added])]
  const shown = all.filter((name) => typed.every((part) => name.includes(part)))
  const isNew = free && typed.some((name) => !all.includes(name))
  const take = (names: string[]) => {
    setAdded([...added, ...names])
    onChange([...new Set([...value, ...names])])
    setText('')
  }
  return (
    <div class="pick" role="group" aria-label={`Which ${noun}s`}>
      <div class="row">
        <input
          class="input"
          aria-label={`${free ? 'Find or add' : 'Find'} ${noun}s`}
          placeholder={free ? 'Find or add…' : 'Find…'}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || typed.length === 0) return
            event.preventDefault()
            // What is found goes before what would be new; the button adds that all the same.
            if (shown.length > 0) take(shown.slice(0, 1))
            else if (free) take(typed)
          }}
        />
        {isNew && (
          <button type="button" class="button small" onClick={() => take(typed)}>
            Add
          </button>
        )}
      </div>
      {shown.length > 0 && (
        <div class="names">
          {shown.map((name) => (
            <label key={name} class="row">
              <input
                type="checkbox"
                checked={value.includes(name)}
                onChange={(event) =>
                  onChange(
                    event.currentTarget.checked
                      ? [...value, name]
                      : value.filter((other) => other !== name),
                  )
                }
              />
              {name}
            </label>
          ))}
        </div>
      )}
    </div>
  )
}
