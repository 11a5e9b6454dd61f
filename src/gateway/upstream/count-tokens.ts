import type { Caller } from '../../caller/caller.ts'
import type { Execute } from '../../execution/execute.ts'
import { MeteredCalls } from '../../execution/metered-calls.ts'
import { Notes } from '../../form/notes.ts'
import type { ModelRequest } from '../../form/request.ts'
import { countPrompt } from '../../providers/count-prompt.ts'
import { relayFor } from '../../providers/relay.ts'
import type { Surface, SurfaceBody } from '../form/surface.ts'
import type { UpstreamDeps } from './choose-upstream.ts'
import { conversationOf } from './conversation-of.ts'
import { gatewayError } from './gateway-error.ts'
import { withoutHostedTools } from './hosted-tools.ts'
import { refuseInRelays } from './relay-refusals.ts'
import { findTarget, type Target, type TargetDeps } from './target.ts'

export interface CountDeps extends TargetDeps, UpstreamDeps {
  execute: Execute
}

/** A format of which prompts are counted: what a surface says of its requests. */
export type CountedFormat<Body extends SurfaceBody> = Pick<
  Surface<Body>,
  'native' | 'forNative' | 'request'
>

export interface CountCall<Body extends SurfaceBody> {
  format: CountedFormat<Body>
  caller: Caller
  body: Body
  headers?: Record<string, string> | undefined
  client: AbortSignal
}

/** How many tokens a prompt has. Nothing is recorded. */
export type CountTokens = <Body extends SurfaceBody>(call: CountCall<Body>) => Promise<number>

/**
 * Asks the provider where it can count, and counts by our own tokenizer elsewhere.
 *
 * @throws AresError as `findTarget`, `invalid`, and as `gatewayError` for a provider that fails
 */
export function createCountTokens(deps: CountDeps): CountTokens {
  return async (call) => {
    const { format, caller, body } = call
    const target = await findTarget(deps, caller, body.model)
    const { provider, allows } = target.entry
    const isRelayed = relayFor(provider, format.native) && !target.agent
    const request = isRelayed ? null : requestOf(deps, call, target)
    // What cannot be said there has been refused in its own words.
    refuseInRelays(body, allows)
    if (request) return countPrompt(request)
    const counted = provider.counter && (await askProvider(deps, call, target))
    return counted ?? countPrompt(format.request(body, new Notes()))
  }
}

/** Compatible servers that do not count say so by one of these. */
const DOES_NOT_COUNT = new Set([404, 405, 501])

/** Null when the provider cannot count. */
function askProvider<Body extends SurfaceBody>(
  deps: CountDeps,
  { format, caller, body, headers, client }: CountCall<Body>,
  { entry }: Target,
): Promise<number | null> {
  const { model, provider, providerName, allows } = entry
  const notes = new Notes()
  const ask = { notes, keeps: false, thinks: model.supportsThinking }
  const native: Record<string, unknown> = format.forNative?.(body, ask) ?? body
  const request = {
    model,
    // As it would be relayed.
    body: withoutHostedTools(native, allows, notes),
    ...(headers && { headers }),
    countInput: () => Promise.resolve(0),
  }
  const holder = { tenantId: caller.tenantId, gone: client }
  return deps.execute.unrecorded(holder, providerName, async (signal) => {
    const calls = new MeteredCalls(deps, providerName, signal)
    const counted = await calls.step(() => provider.counter!.count(request, signal))
    const { result } = calls
    if (!result || result.ok || DOES_NOT_COUNT.has(result.status ?? 0)) return counted
    throw gatewayError(result)
  })
}

/** What the model or agent would be given. @throws AresError `invalid` for what it cannot be */
function requestOf<Body extends SurfaceBody>(
  deps: CountDeps,
  { format, body }: CountCall<Body>,
  target: Target,
): ModelRequest {
  const notes = new Notes()
  return conversationOf(deps, target, format.request(body, notes), notes).request
}
