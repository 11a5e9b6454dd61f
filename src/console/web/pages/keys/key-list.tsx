import { useState } from 'preact/hooks'
import type { Resource } from '../../api/resource.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { Card } from '../../parts/page.tsx'
import { Badge, Empty, Loaded } from '../../parts/status.tsx'
import { Table } from '../../parts/table.tsx'
import { Ago, Moment } from '../../parts/time.tsx'
import { say } from '../../parts/toast.tsx'
import { CreateKey } from './create-key.tsx'
import { EditKey } from './edit-key.tsx'
import type { Key, KeyChanges, NewKeyBody, Powers } from './key-draft.ts'
import { Limits } from './limits.tsx'
import type { KeyChoices } from './key-fields.tsx'
import { type RotateBody, type Rotated, RotateKey } from './rotate-key.tsx'

/** What can be done to keys, by an operator or by their tenant. */
export interface KeyActions {
  create: (body: NewKeyBody, once: string) => Promise<string>
  update: (keyId: string, changes: KeyChanges) => Promise<unknown>
  rotate: (keyId: string, body: RotateBody, once: string) => Promise<Rotated>
  revoke: (keyId: string) => Promise<unknown>
  choices: KeyChoices
}

const VERBS = ['Edit', 'Rotate', 'Revoke'] as const
type Chosen = { verb: (typeof VERBS)[number]; key: Key }

/** API keys, with the ways to make, change, rotate and revoke one. */
export function KeyList(props: {
  keys: Resource<{ keys: Key[] }>
  actions: KeyActions
  /** What a new key is limited to at first. */
  powers?: Powers | undefined
  /** Opens the form at once. */
  creating?: boolean
  title?: string
}) {
  const { keys, actions, powers, title = 'API keys' } = props
  const [creating, setCreating] = useState(props.creating ?? false)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const close = () => {
    setCreating(false)
    setChosen(null)
    keys.reload()
  }
  return (
    <Card
      title={title}
      actions={
        <button type="button" class="button small" onClick={() => setCreating(true)}>
          New key
        </button>
      }
    >
      <Loaded from={keys} rows={3}>
        {(data) => <Keys keys={data.keys} onChoose={setChosen} />}
      </Loaded>
      {creating && (
        <CreateKey
          create={actions.create}
          powers={powers}
          choices={actions.choices}
          onClose={close}
        />
      )}
      {chosen && <ChosenDialog chosen={chosen} actions={actions} onClose={close} />}
    </Card>
  )
}

function ChosenDialog(props: { chosen: Chosen; actions: KeyActions; onClose: () => void }) {
  const { chosen, actions, onClose } = props
  const { verb, key } = chosen
  const done = (sentence: string) => {
    say(sentence)
    onClose()
  }
  if (verb === 'Edit') {
    return (
      <EditKey
        target={key}
        choices={actions.choices}
        update={(changes) => actions.update(key.id, changes)}
        onChanged={() => done(`The key ${key.name} is changed.`)}
        onClose={onClose}
      />
    )
  }
  if (verb === 'Rotate') {
    return (
      <RotateKey
        target={key}
        rotate={(body, once) => actions.rotate(key.id, body, once)}
        onClose={onClose}
      />
    )
  }
  return (
    <Confirm
      title={`Revoke ${key.name}?`}
      action="Revoke key"
      onClose={onClose}
      act={async () => {
        await actions.revoke(key.id)
        done(`The key ${key.name} is revoked.`)
      }}
    >
      Whoever uses <code>{key.prefix}…</code> is refused from the next request on. This cannot be
      taken back.
    </Confirm>
  )
}

function Keys({ keys, onChoose }: { keys: Key[]; onChoose: (chosen: Chosen) => void }) {
  return (
    <Table
      label="API keys"
      rows={keys}
      rowKey={(row) => row.id}
      columns={[
        {
          head: 'Name',
          cell: (row) => (
            <>
              <span class="row">
                {row.name}
                {isExpired(row) && <Badge tone="warn">expired</Badge>}
              </span>
              <Limits powers={row.powers} />
            </>
          ),
        },
        { head: 'Key', cell: (row) => <code>{row.prefix}…</code> },
        { head: 'Last used', as: 'nowrap wide', cell: (row) => <Ago at={row.last_used} /> },
        { head: 'Created', as: 'nowrap wide', cell: (row) => <Ago at={row.created_at} /> },
        { head: 'Expires', as: 'nowrap wide', cell: endOf },
        {
          head: 'Change',
          as: 'number',
          cell: (row) => (
            <span class="row choices">
              {VERBS.map((verb) => (
                <button
                  key={verb}
                  type="button"
                  class="button small"
                  disabled={verb === 'Rotate' && isExpired(row)}
                  onClick={() => onChoose({ verb, key: row })}
                >
                  {verb}
                  <span class="hidden"> {row.name}</span>
                </button>
              ))}
            </span>
          ),
        },
      ]}
      empty={<Empty title="No API keys">Without one nobody can call the agents.</Empty>}
    />
  )
}

function endOf({ expires_at }: Key) {
  return expires_at === null ? <span class="muted">never</span> : <Moment at={expires_at} />
}

function isExpired({ expires_at }: Key): boolean {
  return expires_at !== null && Date.parse(expires_at) <= Date.now()
}
