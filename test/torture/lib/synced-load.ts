import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import type { AresProcess } from '../../binary/ares.ts'
import { operator, provision, type Provisioned } from '../../binary/callers.ts'
import { openStream } from '../../binary/open-stream.ts'
import type { startScriptedProvider } from '../../scripted-provider.ts'
import { answer } from '../../scripted-replies.ts'
import type { Answered } from '../write-order.ts'

/*
 * Calls of every kind that is acknowledged, each with a text that occurs nowhere else, in the page that its commit
 * writes as in what is sent: so a trace of the system calls tells whether it was on the disk by then.
 */

type Provider = Awaited<ReturnType<typeof startScriptedProvider>>

/** What a run leaves in the log, so that it has to be folded several times. */
const MESSAGE = 'x'.repeat(20_000)
const CALLERS = 8
const RUNS = 4

/** So many rounds of a new tenant, a key, a stream and runs of eight callers; stops the server. */
export async function loadAndStop(
  server: AresProcess,
  provider: Provider,
  rounds: number,
): Promise<{ answered: Answered[]; code: number | null }> {
  // Every call gets another text, and another number of tokens.
  let count = 0
  provider.reply(() => answer({ text: `answer-${++count}.`, usage: { input: 1, output: count } }))
  const answered: Answered[] = []
  const streams: HeardStream[] = []
  for (let round = 1; round <= rounds; round++) {
    const tenant = await provision(server, { name: `order-${round}` })
    answered.push({ what: 'tenant', id: tenant.id, stored: tenant.id, sent: tenant.id })
    answered.push(await newKey(server, tenant))
    streams.push(await stream(server, tenant))
    // Not in step: some are reserved while others are recorded.
    await Promise.all(
      Array.from({ length: CALLERS }, async () => {
        for (let count = 0; count < RUNS; count++) answered.push(await run(tenant))
      }),
    )
  }
  const code = await server.stop()
  return { answered: [...answered, ...streamsOf(server, streams)], code }
}

async function run(tenant: Provisioned): Promise<Answered> {
  const { body } = await tenant.run(MESSAGE)
  return { what: 'run', id: body.id, stored: textOf(body.output), sent: body.id }
}

function textOf(output: unknown): string {
  return /answer-\d+\./.exec(JSON.stringify(output))![0]
}

async function newKey(server: AresProcess, { id }: Provisioned): Promise<Answered> {
  const path = `/api/admin/tenants/${id}/api-keys`
  const { body } = await operator(server).post(path, { name: 'another' })
  return { what: 'key', id: body.id, stored: body.id, sent: body.id }
}

/** A stream of a tenant that has no other. */
interface HeardStream {
  tenantId: string
  /** In its head, the first that a client hears of it. */
  requestId: string
  /** Its text, which is stored. It arrives before it is recorded. */
  said: string
  /** Its last event, which tells that it is recorded. */
  last: string
}

async function stream({ url }: AresProcess, { id, secret }: Provisioned): Promise<HeardStream> {
  const body = { messages: [{ role: 'user', content: 'Hello' }], model: 'm' }
  const { closed } = await openStream(url, { path: '/v1/chat/stream', secret, body })
  const text = await closed
  return {
    tenantId: id,
    requestId: /x-request-id: (\S+)/i.exec(text)![1]!,
    said: textOf(text),
    last: /"finish_reason":"stop","tokens_used":\d+/.exec(text)![0],
  }
}

/** Each is acknowledged twice: by its first byte that it has begun, which the commit with its id says, and by its last. */
function streamsOf({ folder }: AresProcess, streams: HeardStream[]): Answered[] {
  const database = new Database(join(folder, 'data/ares.db'), { readonly: true })
  const find = database.query<{ id: string }, [string]>(
    `select id from runs where kind = 'chat' and tenant_id = ?`,
  )
  const answered = streams.flatMap(({ tenantId, requestId, said, last }): Answered[] => {
    const { id } = find.get(tenantId)!
    return [
      { what: 'begun stream', id, stored: id, sent: requestId },
      { what: 'stream', id, stored: said, sent: last },
    ]
  })
  database.close()
  return answered
}
