import { invalid } from '../../errors.ts'
import type { Catalog } from '../../providers/catalog.ts'
import type { Relay } from '../../providers/relay.ts'
import type { MeterDeps } from '../../execution/metered-calls.ts'
import type { ToolCatalog } from '../../tools/catalog.ts'
import { toAnthropicRequest } from '../providers-side/anthropic-request.ts'
import type { ChatBody } from '../form/chat-format.ts'
import { inClientsPlaces } from '../form/client-places.ts'
import { conversationOf } from './conversation-of.ts'
import { Conversed } from './conversed.ts'
import { countInput } from './count-input.ts'
import type { Dialect } from '../form/dialect.ts'
import { refuseInRelays } from './relay-refusals.ts'
import { keptInput } from '../form/kept-content.ts'
import { Relayed } from './relayed.ts'
import type { Target } from './target.ts'
import { Translated } from './translated.ts'
import type { Upstream } from './upstream.ts'

export interface UpstreamDeps extends MeterDeps {
  catalog: Catalog
  tools: ToolCatalog
}

/** A request as a surface hands it on. */
export interface Asked<Body extends { model: string; stream?: boolean | null }> {
  dialect: Dialect<Body>
  body: Body
  /** Headers that a provider of the client's own family gets too. */
  relayedHeaders?: Record<string, string> | undefined
}

/**
 * The way to an answer: the provider's bytes where client and provider speak the same format, otherwise by the one
 * form.
 *
 * @throws AresError `invalid` that names what cannot be said there
 */
export function chooseUpstream<Body extends { model: string; stream?: boolean | null }>(
  deps: UpstreamDeps,
  asked: Asked<Body>,
  target: Target,
): Upstream<Body> {
  const { relay } = target.entry.provider
  if (relay && !target.agent) {
    return relay.wire === asked.dialect.native
      ? relayed(deps, asked, target, relay)
      : translated(deps, asked, target, relay)
  }
  const { dialect, body } = asked
  const chat = dialect.toChat(body)
  const conversation = inClientsPlaces(placesOf(asked), () => conversationOf(deps, target, chat))
  return new Conversed({ deps, conversation, input: inputOf(chat), dialect })
}

function relayed<Body extends { model: string; stream?: boolean | null }>(
  deps: UpstreamDeps,
  { dialect, body, relayedHeaders }: Asked<Body>,
  { entry }: Target,
  relay: Relay,
): Upstream<Body> {
  const fields: Record<string, unknown> = body
  // What is looked into has to be right, whoever looks into the rest.
  if (relay.wire === 'openai') dialect.toChat(body)
  refuseInRelays(fields, entry.allows)
  checkTools(fields, entry.model)
  return new Relayed({
    deps,
    entry,
    relay,
    request: {
      model: entry.model,
      body: fields,
      ...(relayedHeaders && { headers: relayedHeaders }),
      countInput: () => countInput(fields),
    },
    input: inputOf(fields),
    showsUsage: relay.wire !== 'openai' || asksForUsage(fields),
    renderStream: (context) => dialect.renderStream(context),
  })
}

function translated<Body extends { model: string; stream?: boolean | null }>(
  deps: UpstreamDeps,
  asked: Asked<Body>,
  { entry }: Target,
  relay: Relay,
): Upstream<Body> {
  const { dialect, body } = asked
  const chat = dialect.toChat(body)
  checkTools(chat, entry.model)
  const request =
    relay.wire === 'anthropic'
      ? inClientsPlaces(placesOf(asked), () => toAnthropicRequest(chat, entry.model))
      : withOneLimit(chat)
  // What cannot be translated has been refused in its own words.
  refuseInRelays(body, entry.allows)
  return new Translated({
    deps,
    entry,
    relay,
    request: {
      model: entry.model,
      body: request as Record<string, unknown>,
      countInput: () => countInput(chat),
    },
    input: inputOf(chat),
    dialect,
  })
}

function placesOf<Body extends { model: string; stream?: boolean | null }>({
  dialect,
  body,
}: Asked<Body>): (path: string) => string {
  return (path) => dialect.placeOf?.(path, body) ?? path
}

/** Not every compatible server knows the newer name. */
function withOneLimit({ max_completion_tokens: newer, ...chat }: ChatBody): object {
  return newer === undefined || newer === null ? chat : { ...chat, max_tokens: newer }
}

/** What is kept of a request. */
function inputOf({ messages }: { messages?: unknown }): string {
  return keptInput({ messages })
}

function asksForUsage({ stream_options: options }: Record<string, unknown>): boolean {
  return (options as { include_usage?: boolean } | null | undefined)?.include_usage === true
}

function checkTools(
  { tools }: Readonly<Record<string, unknown>>,
  model: { id: string; supportsTools: boolean },
): void {
  if (!Array.isArray(tools) || tools.length === 0 || model.supportsTools) return
  throw invalid('/tools', `The model ${model.id} does not support tools.`)
}
