import { useEffect, useId, useRef, useState } from 'preact/hooks'

const PAUSE_MS = 250

/** A field that searches when the typing pauses. */
export function SearchField(props: {
  label: string
  value: string
  /** Offered while typing. */
  suggestions?: string[]
  onSearch: (text: string) => void
}) {
  const { label, value, suggestions, onSearch } = props
  const listId = useId()
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  // The address may change by the back button, too.
  useEffect(() => setText(value), [value])
  return (
    <>
      <input
        class="input"
        list={suggestions && listId}
        type="search"
        aria-label={label}
        placeholder={label}
        spellcheck={false}
        value={text}
        onInput={(event) => {
          const typed = event.currentTarget.value
          setText(typed)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => onSearch(typed.trim()), PAUSE_MS)
        }}
      />
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </>
  )
}
