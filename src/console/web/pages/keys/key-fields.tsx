import type { ApiFailure } from '../../api/failure.ts'
import { Field } from '../../parts/form.tsx'
import { draftOf, type KeyDraft, SCOPES } from './key-draft.ts'

interface FieldsProps {
  draft: KeyDraft
  onChange: (draft: KeyDraft) => void
  failure: ApiFailure | undefined
}

type TextKey = Exclude<keyof KeyDraft, 'scopes'>

const DIGITS: readonly TextKey[] = ['days', 'runs', 'tokens']

/** Every field of a key; its limits are folded away until there is one. */
export function KeyFields(props: FieldsProps & { daysHint: string }) {
  const { draft, failure, daysHint } = props
  return (
    <>
      <Text
        {...props}
        name="name"
        label="Name"
        hint="What it is for, so that it can be told apart."
        path="/name"
      />
      <Text
        {...props}
        name="days"
        label="Expires in days"
        hint={daysHint}
        path="/expires_in_days"
      />
      <details
        class="limits-fold"
        // Never closed again over what was typed.
        open={isLimited(draft) || failure !== undefined}
      >
        <summary>Limits</summary>
        <div class="stack">
          <Scopes {...props} />
          <Text
            {...props}
            name="agents"
            label="Agents"
            hint="Names, separated by commas; empty: every agent."
            path="/allowed_agents"
          />
          <Text
            {...props}
            name="models"
            label="Models"
            hint="Ids it may spend on; empty: every model."
            path="/allowed_models"
          />
          <Text
            {...props}
            name="networks"
            label="Networks"
            hint="Where it works from: 10.20.0.0/16, 192.0.2.7; empty: everywhere."
            path="/allowed_networks"
          />
          <div class="pair">
            <Text
              {...props}
              name="runs"
              label="Runs a month"
              hint="Empty: the tenant’s quota alone."
              path="/runs_per_month"
            />
            <Text
              {...props}
              name="tokens"
              label="Tokens a month"
              hint="Empty: the tenant’s quota alone."
              path="/tokens_per_month"
            />
          </div>
        </div>
      </details>
    </>
  )
}

function isLimited(draft: KeyDraft): boolean {
  const none = draftOf(draft.name, undefined)
  return JSON.stringify({ ...draft, days: '' }) !== JSON.stringify(none)
}

function Scopes({ draft, onChange, failure }: FieldsProps) {
  const problem = failure?.within('/scopes')
  return (
    <fieldset class="field">
      <legend>May</legend>
      {(Object.keys(SCOPES) as (keyof typeof SCOPES)[]).map((scope) => (
        <label key={scope} class="row">
          <input
            type="checkbox"
            checked={draft.scopes.includes(scope)}
            onChange={(event) => {
              const others = draft.scopes.filter((other) => other !== scope)
              onChange({
                ...draft,
                scopes: event.currentTarget.checked ? [...others, scope] : others,
              })
            }}
          />
          {SCOPES[scope]}
        </label>
      ))}
      <small>None chosen: everything.</small>
      {problem !== undefined && <span class="problem">{problem}</span>}
    </fieldset>
  )
}

function Text(
  props: FieldsProps & { name: TextKey; label: string; hint: string; path: `/${string}` },
) {
  const { draft, onChange, failure, name, label, hint, path } = props
  const isNumber = DIGITS.includes(name)
  return (
    <Field label={label} hint={hint} problem={failure?.within(path)}>
      {(control) => (
        <input
          {...control}
          autocomplete="off"
          spellcheck={false}
          inputMode={isNumber ? 'numeric' : 'text'}
          value={draft[name]}
          onInput={({ currentTarget: { value } }) =>
            onChange({ ...draft, [name]: isNumber ? value.replace(/\D/g, '') : value })
          }
        />
      )}
    </Field>
  )
}
