import { endedByCleanUp } from '../../binary/ares.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../scripted-provider.ts'
import { answer, sseData } from '../../scripted-replies.ts'
import type { RecordedRequest, Reply, Wire } from '../../scripted-wire.ts'
import { FAULT_MODES, type FaultMode } from './fault-modes.ts'

/*
 * A scripted provider in a process of its own that does what each message directs: `[fault NAME]`, `[hold]` (a first
 * delta, if it streams, and then nothing), `[ticks COUNT EVERY_MS]`, `[quiet MS]` (a delta, silence, the end), or a greeting.
 * It tells when a message with a tag, `#17#`, has come and when its client has left.
 */

/** The running provider, as the torturer sees it. */
export interface DirectedProvider {
  url: string
  /** Connections that are open now. */
  connections(): Promise<number>
  /** Resolves once the message with this tag has arrived. */
  arrived(tag: number): Promise<void>
  /** Resolves with the time, in ms since the epoch, when the client of this tag left before its answer was whole. */
  left(tag: number): Promise<number>
  stop(): void
}

type Told =
  | { kind: 'listening'; url: string }
  | { kind: 'connections'; open: number }
  | { kind: 'arrived'; tag: number }
  | { kind: 'left'; tag: number; atMs: number }

/** What is awaited by tag, whichever comes first, the asker or the news. */
class News<T> {
  readonly #byTag = new Map<number, PromiseWithResolvers<T>>()

  of(tag: number): PromiseWithResolvers<T> {
    const known = this.#byTag.get(tag) ?? Promise.withResolvers<T>()
    this.#byTag.set(tag, known)
    return known
  }
}

export async function startDirectedProvider(): Promise<DirectedProvider> {
  const listening = Promise.withResolvers<string>()
  const arrivals = new News<void>()
  const departures = new News<number>()
  let counted = Promise.withResolvers<number>()
  const hear = (told: Told) => {
    if (told.kind === 'listening') listening.resolve(told.url)
    else if (told.kind === 'connections') counted.resolve(told.open)
    else if (told.kind === 'arrived') arrivals.of(told.tag).resolve()
    else departures.of(told.tag).resolve(told.atMs)
  }
  const child = Bun.spawn([process.execPath, import.meta.path], {
    stdio: ['ignore', 'inherit', 'inherit'],
    ipc: (told: Told) => hear(told),
  })
  endedByCleanUp(child)
  return {
    url: await listening.promise,
    connections() {
      counted = Promise.withResolvers()
      child.send('connections')
      return counted.promise
    },
    arrived: (tag) => arrivals.of(tag).promise,
    left: (tag) => departures.of(tag).promise,
    stop: () => child.kill('SIGKILL'),
  }
}

function replyTo({ text }: RecordedRequest): Reply {
  const [, name = '', rest = ''] = /\[(fault|hold|ticks|quiet) ?([a-z0-9- ]*)\]/.exec(text) ?? []
  const [first = 0, second = 0] = rest.split(' ').map(Number)
  if (name === 'fault') return FAULT_MODES[rest as FaultMode]
  if (name === 'hold') return hold
  if (name === 'ticks') return answer({ deltas: ticks(first), delayMs: second })
  if (name === 'quiet') return answer({ deltas: ['first'], delayMs: first })
  return answer()
}

const ticks = (count: number) => Array.from({ length: count }, (_, index) => `tick${index} `)

const hold: Reply = {
  async play(wire) {
    if (wire.request.body.stream) {
      await wire.openStream()
      await wire.chunk(sseData({ choices: [{ index: 0, delta: { content: 'first' } }] }))
    }
    await wire.hang()
  },
}

/** Tells about the messages that carry a tag. */
function watched(request: RecordedRequest): Reply {
  const reply = replyTo(request)
  const tag = /#(\d+)#/.exec(request.text)?.[1]
  if (tag === undefined) return reply
  tell({ kind: 'arrived', tag: Number(tag) })
  return {
    async play(wire: Wire) {
      await reply.play(wire)
      const { abortedAt } = request
      if (abortedAt === null) return
      const atMs = Date.now() - (performance.now() - abortedAt)
      tell({ kind: 'left', tag: Number(tag), atMs })
    },
  }
}

function tell(told: Told): void {
  process.send?.(told)
}

async function main(): Promise<void> {
  const provider: ScriptedProvider = await startScriptedProvider()
  provider.reply((request) => {
    // Nobody looks at them here.
    provider.requests.length = 0
    return watched(request)
  })
  process.on('message', () => tell({ kind: 'connections', open: provider.openConnections }))
  process.on('disconnect', () => process.exit(0))
  tell({ kind: 'listening', url: provider.url })
}

if (import.meta.main) await main()
