import type { ApiFailure } from '../../api/failure.ts'
import { useResource } from '../../api/resource.ts'
import { Field, Select } from '../../parts/form.tsx'
import { PickNames } from '../../parts/pick-names.tsx'
import { draftOf, type End, type KeyDraft, SCOPES } from './key-draft.ts'

interface FieldsProps {
  draft: KeyDraft
  onChange: (draft: KeyDraft) => void
  failure: ApiFailure | undefined
}

/** What a key may be limited to, asked when a form opens. */
export interface KeyChoices {
  /** Says whose they are. */
  of: string
  load: (signal: AbortSignal) => Promise<KnownNames>
}

export interface KnownNames {
  agents: string[]
  models: string[]
}

type TextKey = 'name' | 'days' | 'networks' | 'runs' | 'tokens'

const DIGITS: readonly TextKey[] = ['days', 'runs', 'tokens']

/** Every field of a key; its limits are folded away until there is one. */
export function KeyFields(props: FieldsProps & { ends: Ends; choices: KeyChoices }) {
  const { draft, failure } = props
  return (
    <>
      <div class="pair">
        <Text {...props} name="name" label="Name" hint="What it is for." path="/name" />
        <Expiry {...props} />
      </div>
      <details
        class="limits-fold"
        // Never closed again over what was typed.
        open={isLimited(draft) || failure !== undefined}
      >
        <summary>Limits</summary>
        <div class="stack">
          <Scopes {...props} />
          <Lists {...props} />
          <div class="thirds">
            <Text
              {...props}
              name="networks"
              label="Networks"
              hint="10.20.0.0/16, 192.0.2.7; empty: everywhere."
              path="/allowed_networks"
            />
            <Text
              {...props}
              name="runs"
              label="Runs a month"
              hint="Empty: the quota alone."
              path="/runs_per_month"
            />
            <Text
              {...props}
              name="tokens"
              label="Tokens a month"
              hint="Empty: the quota alone."
              path="/tokens_per_month"
            />
          </div>
        </div>
      </details>
    </>
  )
}

/** What the form offers as the end of a key. */
export type Ends = readonly { value: End; label: string }[]

export const NEW_ENDS: Ends = [
  { value: 'never', label: 'never' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: 'days', label: 'in … days' },
]

const HINTS: Partial<Record<End, string>> = {
  same: 'As it is now.',
  never: 'Until it is revoked.',
}

function Expiry(props: FieldsProps & { ends: Ends }) {
  const { draft, onChange, failure, ends } = props
  const problem = failure?.of('/expires_at') ?? failure?.of('/expires_in_days')
  return (
    <Field label="Expires" hint={HINTS[draft.ends] ?? 'Counted from now.'} problem={problem}>
      {(control) => (
        <div class="joined">
          <Select
            control={control}
            value={draft.ends}
            options={ends}
            onChange={(value) => onChange({ ...draft, ends: value as End })}
          />
          {draft.ends === 'days' && (
            <input
              class="input"
              aria-label="Days"
              placeholder="1 to 3650"
              inputMode="numeric"
              autocomplete="off"
              value={draft.days}
              onInput={({ currentTarget: { value } }) =>
                onChange({ ...draft, days: value.replace(/\D/g, '') })
              }
            />
          )}
        </div>
      )}
    </Field>
  )
}

/** Agents and models, out of those there are; a key that cannot read them types their names. */
function Lists({ draft, onChange, failure, choices }: FieldsProps & { choices: KeyChoices }) {
  const { data } = useResource<KnownNames>(`key choices ${choices.of}`, choices.load)
  const { agents = [], models = [] } = data ?? {}
  return (
    <div class="pair">
      <PickNames
        label="Agents"
        noun="agent"
        known={agents}
        free
        value={draft.agents}
        onChange={(names) => onChange({ ...draft, agents: names })}
        problem={failure?.within('/allowed_agents')}
      />
      <PickNames
        label="Models"
        noun="model"
        known={models}
        free={models.length === 0}
        value={draft.models}
        onChange={(names) => onChange({ ...draft, models: names })}
        problem={failure?.within('/allowed_models')}
      />
    </div>
  )
}

function isLimited(draft: KeyDraft): boolean {
  const none = { ...draftOf(draft.name, undefined, draft.ends), days: draft.days }
  return JSON.stringify(draft) !== JSON.stringify(none)
}

function Scopes({ draft, onChange, failure }: FieldsProps) {
  const problem = failure?.within('/scopes')
  return (
    <fieldset class="field">
      <legend>May</legend>
      <div class="ticks">
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
      </div>
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
