import { count, milliseconds } from '../format.ts'
import type { Resource } from '../api/resource.ts'
import { CopyButton } from '../parts/copy.tsx'
import { type FactList, Facts } from '../parts/facts.tsx'
import { Card, Page } from '../parts/page.tsx'
import { Loaded, StatusBadge } from '../parts/status.tsx'
import { Moment } from '../parts/time.tsx'
import { link } from '../router.ts'
import { Turns } from './turns.tsx'
import { turnsOf } from './conversation.ts'

/** What every reader of a run gets, the operator and its tenant. */
interface AnyRun {
  status: string
  kind: string
  error: string | null
  input: Record<string, unknown> | null
  output: Record<string, unknown> | null
  content_expired?: true
}

/** The page of a run: what went in, what came out, and the facts that its reader may know. */
export function RunView<Run extends AnyRun>(props: {
  id: string
  run: Resource<Run>
  factsOf: (run: Run) => FactList
}) {
  const { id, run, factsOf } = props
  return (
    <Page
      title={`Run ${id.slice(0, 13)}…`}
      trail={[{ label: 'Runs', href: link('/runs') }]}
      badges={run.data && <StatusBadge status={run.data.status} />}
    >
      <Loaded from={run}>
        {(data) => (
          <>
            {data.error !== null && <div class="notice bad">{data.error}</div>}
            <Card title="Run" padded>
              <Facts facts={factsOf(data)} />
            </Card>
            <div class="columns">
              <Content title="Input" content={data.input} missing={missingInput(data)} />
              <Content title="Output" content={data.output} missing={missingOutput(data)} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const EXPIRED = 'It is not kept any longer. What the run used stays recorded.'
const UNRECORDED = 'None was recorded.'

function missingInput(run: AnyRun): string {
  return run.content_expired ? EXPIRED : UNRECORDED
}

function missingOutput(run: AnyRun): string {
  if (run.content_expired) return EXPIRED
  if (run.status === 'running') return 'It is still running.'
  if (run.status === 'failed') return 'There is none: the run failed.'
  return run.kind === 'embedding' ? 'Vectors are not kept.' : UNRECORDED
}

/** When it began, and what it took. */
export function spentFacts(run: {
  started_at: string
  duration_ms: number | null
  overhead_ms: number | null
  input_tokens: number
  output_tokens: number
  cached_tokens: number
  tokens_estimated: boolean
}): FactList {
  return [
    ['Started', <Moment key="started" at={run.started_at} />],
    ['Time', <TimeSplit key="time" durationMs={run.duration_ms} overheadMs={run.overhead_ms} />],
    [
      'Tokens',
      <Tokens
        key="tokens"
        input={run.input_tokens}
        output={run.output_tokens}
        cached={run.cached_tokens}
        estimated={run.tokens_estimated}
      />,
    ],
  ]
}

/** Where the time of a run went. */
function TimeSplit(props: { durationMs: number | null; overheadMs: number | null }) {
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
function Tokens(props: {
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
function Content({
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
