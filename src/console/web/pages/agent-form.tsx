import type { ComponentChildren } from 'preact'
import { call, type Reply } from '../api/client.ts'
import type { ApiFailure } from '../api/failure.ts'
import { useResource } from '../api/resource.ts'
import { type ControlProps, Field, Select } from '../parts/form.tsx'
import type { AgentDraft } from './agent-draft.ts'
import { NAME_HINT } from './create-tenant.tsx'

type Model = Reply<'GET /api/admin/models'>['models'][number]

interface FieldsProps {
  draft: AgentDraft
  onChange: (draft: AgentDraft) => void
  failure: ApiFailure | undefined
}

/** What is typed. */
type TextKey = Exclude<keyof AgentDraft, 'tools'>

const STATUSES = ['active', 'paused'] as const

/** Every field of an agent, in the order in which one thinks of them. */
export function AgentFields({ draft, onChange, failure }: FieldsProps) {
  const set = (change: Partial<AgentDraft>) => onChange({ ...draft, ...change })
  const text = (key: TextKey) => (control: ControlProps) => (
    <input
      {...control}
      autocomplete="off"
      spellcheck={false}
      value={draft[key]}
      onInput={(event) => set({ [key]: event.currentTarget.value })}
    />
  )
  const area = (key: TextKey, rows: number) => (control: ControlProps) => (
    <textarea
      {...control}
      rows={rows}
      spellcheck={false}
      value={draft[key]}
      onInput={(event) => set({ [key]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <Pair>
        <Field label="Name" hint={NAME_HINT} problem={failure?.of('/name')}>
          {text('name')}
        </Field>
        <Field
          label="Type"
          hint="A chat can pick an agent by it."
          problem={failure?.of('/agent_type')}
        >
          {text('agentType')}
        </Field>
      </Pair>
      <Pair>
        <ModelField draft={draft} set={set} problem={failure?.of('/config/model')} />
        <Field label="Status" hint="A paused agent refuses runs with 409.">
          {(control) => (
            <Select
              control={control}
              value={draft.status}
              options={STATUSES}
              onChange={(status) => set({ status: status as AgentDraft['status'] })}
            />
          )}
        </Field>
      </Pair>
      <Field
        label="System prompt"
        hint="What the model is told before every message."
        problem={failure?.of('/config/system_prompt')}
      >
        {area('systemPrompt', 10)}
      </Field>
      <Tools
        chosen={draft.tools}
        onChange={(tools) => set({ tools })}
        problem={failure?.within('/config/tools')}
      />
      <Limits failure={failure} text={text} />
      <Field label="Metadata" hint="Any JSON object." problem={failure?.of('/config/metadata')}>
        {area('metadata', 3)}
      </Field>
    </>
  )
}

/** The tools that the server runs, and those the agent has although there are no such any more. */
function Tools(props: {
  chosen: string[]
  onChange: (tools: string[]) => void
  problem: string | undefined
}) {
  const { chosen, onChange, problem } = props
  const settings = useResource('settings', (signal) => call('GET /api/admin/settings', { signal }))
  const offered = settings.data?.tools ?? []
  const gone = chosen.filter((name) => !offered.some((tool) => tool.name === name))
  const all = [
    ...offered,
    ...(settings.data ? gone : []).map((name) => ({ name, description: 'not offered any more' })),
  ]
  return (
    <fieldset class="field">
      <legend>Tools</legend>
      {all.map(({ name, description }) => (
        <label key={name} class="row">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={({ currentTarget: { checked } }) => {
              const others = chosen.filter((other) => other !== name)
              onChange(checked ? [...others, name] : others)
            }}
          />
          {name} <small>{firstSentence(description)}</small>
        </label>
      ))}
      <small>The server runs them when the model asks; only for models that take tools.</small>
      {problem !== undefined && <span class="problem">{problem}</span>}
    </fieldset>
  )
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text
}

function Limits(props: {
  failure: ApiFailure | undefined
  text: (key: TextKey) => (control: ControlProps) => ComponentChildren
}) {
  const { failure, text } = props
  return (
    <Pair>
      <Field
        label="Max tokens"
        hint="Of an answer. Empty: the model’s own."
        problem={failure?.of('/config/max_tokens')}
      >
        {text('maxTokens')}
      </Field>
      <Field
        label="Temperature"
        hint="0 to 2. Empty: the model’s own."
        problem={failure?.of('/config/temperature')}
      >
        {text('temperature')}
      </Field>
      <Field
        label="Top p"
        hint="0 to 1. Empty: the model’s own."
        problem={failure?.of('/config/top_p')}
      >
        {text('topP')}
      </Field>
    </Pair>
  )
}

function ModelField(props: {
  draft: AgentDraft
  set: (change: Partial<AgentDraft>) => void
  problem: string | undefined
}) {
  const { draft, set, problem } = props
  const models = useResource('models', (signal) => call('GET /api/admin/models', { signal }))
  const options = optionsOf(models.data?.models ?? [], draft.model)
  return (
    <Field label="Model" hint={hintOf(models.data?.models ?? [], draft.model)} problem={problem}>
      {(control) => (
        <Select
          control={control}
          value={draft.model}
          options={options}
          onChange={(model) => set({ model })}
        />
      )}
    </Field>
  )
}

/** The configured models; also the one in use when it is configured no longer. */
function optionsOf(models: Model[], used: string): { value: string; label: string }[] {
  const known = models.map(({ id, provider }) => ({ value: id, label: `${id} (${provider})` }))
  if (used !== '' && models.some(({ id }) => id === used)) return known
  const other = used === '' ? 'Choose a model' : `${used} (not configured)`
  return [{ value: used, label: other }, ...known]
}

function hintOf(models: Model[], used: string): string {
  const model = models.find(({ id }) => id === used)
  if (!model) return 'One of the configured models.'
  if (!model.available) return 'The key of its provider is missing: runs fail.'
  return model.supports_tools ? 'Takes tools.' : 'Takes no tools.'
}

function Pair({ children }: { children: ComponentChildren }) {
  return <div class="pair">{children}</div>
}
