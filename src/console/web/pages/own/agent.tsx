import { call, type Reply, send } from '../../api/client.ts'
import { type ChatEvent, completionEvents } from '../../api/completion-stream.ts'
import { OWN_LIVE_MS, useResource } from '../../api/resource.ts'
import { count, NONE } from '../../format.ts'
import { Card, Page } from '../../parts/page.tsx'
import { Empty, Loaded, StatusBadge } from '../../parts/status.tsx'
import { link } from '../../router.ts'
import { mayUse } from '../../session.ts'
import { type Message, Playground } from '../playground.tsx'
import { Facts } from '../../parts/facts.tsx'
import { RunTable } from '../run-table.tsx'

type Agent = Reply<'GET /v1/agents/{name}'>

/** One agent as its tenant sees it: what it is, a playground, its newest runs. */
export function OwnAgent({ params }: { params: Record<string, string> }) {
  const name = params['name']!
  const agent = useResource(`own agent ${name}`, (signal) =>
    call('GET /v1/agents/{name}', { path: { name }, signal }),
  )
  const runs = useResource(
    `own runs of ${name}`,
    (signal) => call('GET /v1/runs', { query: { agent: name, limit: 10 }, signal }),
    { everyMs: OWN_LIVE_MS },
  )
  return (
    <Page
      title={name}
      trail={[{ label: 'Agents', href: link('/agents') }]}
      badges={agent.data && <StatusBadge status={agent.data.status} />}
    >
      <Loaded from={agent}>
        {(data) => (
          <div class="columns follow">
            <Card title="Agent" padded>
              <Facts facts={factsOf(data)} />
            </Card>
            {mayUse('chat') && (
              <Playground
                hint="It answers as it is set up. What it uses counts against your quota."
                ask={(messages, signal) => ask(data.name, messages, signal)}
              />
            )}
          </div>
        )}
      </Loaded>
      <Card
        title="Newest runs"
        actions={<a href={link('/runs', { agent: name })}>All runs of this agent</a>}
      >
        <Loaded from={runs}>
          {(data) => (
            <RunTable
              runs={data.runs}
              ofOneAgent
              hrefOf={(run) => link(`/runs/${run.id}`)}
              empty={<Empty title="No runs yet">Run it with your API key.</Empty>}
            />
          )}
        </Loaded>
      </Card>
    </Page>
  )
}

/** By its name, which no other agent has; `agent_type` might find another one. */
async function* ask(
  agent: string,
  messages: Message[],
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const body = {
    model: `agent:${agent}`,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  }
  yield* completionEvents(await send('POST /v1/chat/completions', { body, signal }))
}

function factsOf({ agent_type, config }: Agent): Parameters<typeof Facts>[0]['facts'] {
  const { model, tools = [], max_tokens, temperature, top_p, system_prompt } = config
  return [
    ['Type', agent_type],
    ['Model', <code key="model">{model}</code>],
    ['Tools', tools.length === 0 ? 'none' : tools.join(', ')],
    ['Max tokens', max_tokens === undefined ? NONE : count(max_tokens)],
    ['Temperature', temperature ?? NONE],
    ['Top p', top_p ?? NONE],
    [
      'System prompt',
      system_prompt === undefined ? (
        NONE
      ) : (
        <pre key="prompt" class="code" tabIndex={0}>
          {system_prompt}
        </pre>
      ),
    ],
  ]
}
