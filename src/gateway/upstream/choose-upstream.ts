import { invalid } from '../../errors.ts'
import type { MeterDeps } from '../../execution/metered-calls.ts'
import { Notes } from '../../form/notes.ts'
import type { EventSource, EventText, Framing } from '../../http/sse.ts'
import type { Catalog } from '../../providers/catalog.ts'
import { countPrompt } from '../../providers/count-prompt.ts'
import { type Relay, relayFor } from '../../providers/relay.ts'
import type { ToolCatalog } from '../../tools/catalog.ts'
import { keptInput, keptRequest } from '../form/kept-content.ts'
import type { Surface, SurfaceBody } from '../form/surface.ts'
import { conversationOf } from './conversation-of.ts'
import { Conversed } from './conversed.ts'
import { countInput } from './count-input.ts'
import { withoutHostedTools } from './hosted-tools.ts'
import { refuseInRelays } from './relay-refusals.ts'
import { Relayed } from './relayed.ts'
import type { Target } from './target.ts'
import type { Upstream } from './upstream.ts'

export interface UpstreamDeps extends MeterDeps {
  catalog: Catalog
  tools: ToolCatalog
}

/** A request as a surface hands it on. */
export interface Asked<Body extends SurfaceBody> {
  surface: Surface<Body>
  body: Body
  /** Headers that a provider of the client's own family gets too. */
  relayedHeaders?: Record<string, string> | undefined
  /** How the events of a stream are sent, where that is not as they are. */
  framing?: ((events: EventSource<EventText>) => Framing<EventText>) | undefined
  /** As `Recalled`; what is not there stands where the client wrote it. */
  placeOf?: (at: string) => string
  /** Likewise; what is not there is not kept. */
  kept?: object | null
}

/**
 * The way to an answer: the provider's bytes where client and provider speak the same format, otherwise by the one
 * form.
 *
 * @throws AresError `invalid` that names what cannot be said there
 */
export function chooseUpstream<Body extends SurfaceBody>(
  deps: UpstreamDeps,
  asked: Asked<Body>,
  target: Target,
): Upstream<Body> {
  const relay = target.agent ? undefined : relayFor(target.entry.provider, asked.surface.native)
  return relay ? relayed(deps, asked, target, relay) : conversed(deps, asked, target)
}

function relayed<Body extends SurfaceBody>(
  deps: UpstreamDeps,
  { surface, body, relayedHeaders, placeOf, kept = null }: Asked<Body>,
  { entry }: Target,
  relay: Relay,
): Upstream<Body> {
  const notes = new Notes(placeOf)
  surface.check?.(body, notes)
  notes.throwIfAny()
  refuseInRelays(body, entry.allows, notes)
  const ask = { notes, keeps: kept !== null, thinks: entry.model.supportsThinking }
  const native: Record<string, unknown> = surface.forNative?.(body, ask) ?? body
  const fields: Record<string, unknown> = withoutHostedTools(native, entry.allows, notes)
  checkTools(fields, entry.model)
  // Where a format has no messages, what is said in it is said in the one form.
  const said = Array.isArray(fields['messages']) ? null : surface.request(body, new Notes())
  return new Relayed({
    deps,
    entry,
    relay,
    request: {
      model: entry.model,
      body: fields,
      ...(relayedHeaders && { headers: relayedHeaders }),
      countInput: () => (said ? countPrompt(said) : countInput(fields)),
    },
    input: said ? keptRequest(said) : keptInput({ messages: fields['messages'] }),
    leftOut: notes.leftOut,
    showsUsage: !TELLS_WHEN_ASKED.has(relay.wire) || asksForUsage(fields),
    stream: (context) => surface.stream(context),
    retell: (context) => (context.kept ? surface.retell?.(context) : undefined),
  })
}

function conversed<Body extends SurfaceBody>(
  deps: UpstreamDeps,
  { surface, body, placeOf }: Asked<Body>,
  target: Target,
): Upstream<Body> {
  const notes = new Notes(placeOf)
  const request = surface.request(body, notes)
  const conversation = conversationOf(deps, target, request, notes)
  const { entry } = target
  checkTools(request, entry.model)
  // What cannot be said there has been refused in its own words.
  refuseInRelays(body, entry.allows, notes)
  const { leftOut } = notes
  return new Conversed({ deps, conversation, input: keptRequest(request), surface, leftOut })
}

/** Formats whose streams say what was used to those who ask for it. */
const TELLS_WHEN_ASKED = new Set<Relay['wire']>(['openai', 'completions'])

function asksForUsage({ stream_options: options }: Record<string, unknown>): boolean {
  return (options as { include_usage?: boolean } | null | undefined)?.include_usage === true
}

function checkTools(
  { tools }: { tools?: unknown },
  model: { id: string; supportsTools: boolean },
): void {
  if (!Array.isArray(tools) || tools.length === 0 || model.supportsTools) return
  throw invalid('/tools', `The model ${model.id} does not support tools.`)
}
