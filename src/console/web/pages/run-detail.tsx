import type { ComponentChildren } from 'preact'
import { count, milliseconds, NONE } from '../format.ts'
import { Card } from '../parts/page.tsx'
import { CopyButton } from '../parts/copy.tsx'
import { Turns } from './turns.tsx'
import { turnsOf } from './conversation.ts'

export const EXPIRED = 'It is not kept any longer. What the run used stays recorded.'

/** Why a run has no output to show. */
export function missingOutput(run: {
  status: string
  kind: string
  content_expired?: true
}): string {
  if (run.content_expired) return EXPIRED
  if (run.status === 'running') return 'It is still running.'
  if (run.status === 'failed') return 'There is none: the run failed.'
  return run.kind === 'embedding' ? 'Vectors are not kept.' : 'None was recorded.'
}

/** A list of names and values. */
export function Facts({ facts }: { facts: [name: string, value: ComponentChildren][] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name} class="fact">
          <dt>{name}</dt>
          <dd>{value ?? NONE}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Where the time of a run went. */
export function TimeSplit(props: { durationMs: number | null; overheadMs: number | null }) {
  const { durationMs, overheadMs } = props
  if (durationMs === null || overheadMs === null) return <>{milliseconds(durationMs)}</>
  const provider = Math.max(0, durationMs - overheadMs)
  const part = durationMs === 0 ? 0 : (provider / durationMs) * 100
  return (
    <div class="quota">
      <span>
        {milliseconds(durationMs)}: {milliseconds(provider)} provider, {milliseconds(overheadMs)}{' '}
        overhead
      </span>
      <span class="split" aria-hidden="true">
        <span style={{ width: `${part}%` }} />
        <span style={{ width: `${100 - part}%` }} />
      </span>
    </div>
  )
}

/** Tokens by kind. */
export function Tokens(props: {
  input: number
  output: number
  cached?: number | undefined
  estimated: boolean
}) {
  const { input, output, cached = 0, estimated } = props
  return (
    <>
      {count(input)} in{cached > 0 && ` (${count(cached)} cached)`}, {count(output)} out,{' '}
      {count(input + output)} in all
      {estimated && ' (estimated: the provider reported none)'}
    </>
  )
}

/** Input or output: conversations turn by turn, text as text, anything else as JSON. */
export function Content({
  title,
  content,
  missing,
}: {
  title: string
  content: Record<string, unknown> | null
  missing: string
}) {
  if (content === null) {
    return (
      <Card title={title} padded>
        <span class="muted">{missing}</span>
      </Card>
    )
  }
  return (
    <Card
      title={title}
      actions={<CopyButton text={textOf(content)} what={title.toLowerCase()} />}
      padded
    >
      <Readable content={content} />
    </Card>
  )
}

function textOf(content: Record<string, unknown>): string {
  const { message, ...rest } = content
  if (typeof message === 'string' && Object.keys(rest).length === 0) return message
  return JSON.stringify(content, null, 2)
}

/** A conversation or an answer turn by turn; anything else as it is stored. */
function Readable({ content }: { content: Record<string, unknown> }) {
  const turns = turnsOf(content)
  if (!turns) {
    return (
      <pre class="code" tabIndex={0}>
        {textOf(content)}
      </pre>
    )
  }
  return <Turns turns={turns} />
}
