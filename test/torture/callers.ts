import { client, provision, type Provisioned } from '../binary/callers.ts'
import { acknowledgedRun, type Journal } from './journal.ts'

/** What one caller needs. */
export interface CallerOptions {
  server: { url: string }
  tenant: Provisioned
  journal: Journal
  random: () => number
  /** Makes names and messages unique over all cycles. */
  unique: () => string
  isKilled: () => boolean
}

/**
 * Calls one after the other until the server is gone, and writes each acknowledged thing to the journal before the next.
 *
 * @returns what a living server answered and should not have
 */
export async function callUntilKilled(options: CallerOptions): Promise<string[]> {
  const problems: string[] = []
  while (!options.isKilled()) {
    try {
      const problem = await callOnce(options)
      if (problem !== null && !options.isKilled()) problems.push(problem)
    } catch (error) {
      // The answer was cut off, so nothing was acknowledged.
      if (!options.isKilled()) problems.push(`a call failed: ${String(error)}`)
      await Bun.sleep(1)
    }
  }
  return problems
}

/** Mostly runs; also chats, streams and provisioning. */
function callOnce(options: CallerOptions): Promise<string | null> {
  const share = options.random()
  if (share < 0.6) return run(options)
  if (share < 0.75) return chat(options)
  if (share < 0.95) return stream(options)
  return newTenant(options)
}

async function run({ tenant, journal, unique }: CallerOptions): Promise<string | null> {
  const { status, body } = await tenant.run(unique())
  if (status !== 200) return `run: ${status} ${JSON.stringify(body)}`
  await journal.write(acknowledgedRun(body))
  return null
}

const chatBody = (message: string) => ({
  messages: [{ role: 'user', content: message }],
  model: 'm',
})

async function chat({ tenant, journal, unique }: CallerOptions): Promise<string | null> {
  const { status, body } = await tenant.post('/v1/chat', chatBody(unique()))
  if (status !== 200) return `chat: ${status} ${JSON.stringify(body)}`
  await journal.write({
    kind: 'chat',
    id: body.id,
    status: 'completed',
    tokens: body.tokens_used,
  })
  return null
}

async function stream(options: CallerOptions): Promise<string | null> {
  const { server, tenant, journal } = options
  const message = options.unique()
  const response = await fetch(`${server.url}/v1/chat/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(chatBody(message)),
  })
  const text = await response.text()
  if (response.status !== 200) return `stream: ${response.status} ${text}`
  const last = /^data: (.*"finish_reason":"stop".*)$/m.exec(text)?.[1]
  if (last === undefined) return `stream: ended without its last event: ${text.slice(-200)}`
  await journal.write({ kind: 'stream', message, tokens: JSON.parse(last).tokens_used })
  return null
}

async function newTenant({ server, journal, unique }: CallerOptions): Promise<string | null> {
  const { id, secret } = await provision(server, { name: unique() })
  await journal.write({ kind: 'tenant', id, key: secret })
  const { status } = await client(server, secret).get('/v1/agents')
  return status === 200 ? null : `a new tenant's key: ${status}`
}
