import type { Execute } from '../../execution/execute.ts'
import type { Caller } from '../../caller/caller.ts'
import { Notes } from '../../form/notes.ts'
import type { ModelRequest } from '../../form/request.ts'
import { countPrompt } from '../../providers/count-prompt.ts'
import { conversationOf } from '../upstream/conversation-of.ts'
import type { UpstreamDeps } from '../upstream/choose-upstream.ts'
import { countInput } from '../upstream/count-input.ts'
import { gatewayError } from '../upstream/gateway-error.ts'
import { countRequest } from './request.ts'
import { messagesSurface } from './surface.ts'
import type { CountTokensBody } from './messages-schema.ts'
import { withoutHostedTools } from '../upstream/guarded-fields.ts'
import { refuseInRelays } from '../upstream/relay-refusals.ts'
import { MeteredCalls } from '../../execution/metered-calls.ts'
import { findTarget, type Target, type TargetDeps } from '../upstream/target.ts'

export interface CountDeps extends TargetDeps, UpstreamDeps {
  execute: Execute
}

export interface CountCall {
  caller: Caller
  body: CountTokensBody
  headers?: Record<string, string> | undefined
  client: AbortSignal
}

/** How many tokens a prompt has. Nothing is recorded. */
export type CountMessageTokens = (call: CountCall) => Promise<{ input_tokens: number }>

/**
 * Asks the provider where it can count, and counts by our own tokenizer elsewhere.
 *
 * @throws AresError as `findTarget`, `invalid`, and as `gatewayError` for a provider that fails
 */
export function createCountMessageTokens(deps: CountDeps): CountMessageTokens {
  return async (call) => {
    const target = await findTarget(deps, call.caller, call.body.model)
    const { provider, allows } = target.entry
    const relays = provider.relay?.wire === messagesSurface.native && !target.agent
    const request = relays ? null : requestOf(deps, call.body, target)
    // What cannot be said there has been refused in its own words.
    refuseInRelays(call.body, allows)
    if (request) return { input_tokens: await countPrompt(request) }
    const counted = provider.counter && (await askProvider(deps, call, target))
    return { input_tokens: counted ?? (await countInput(call.body)) }
  }
}

/** Compatible servers that do not count say so by one of these. */
const DOES_NOT_COUNT = new Set([404, 405, 501])

/** Null when the provider cannot count. */
function askProvider(
  deps: CountDeps,
  { caller, body, headers, client }: CountCall,
  { entry }: Target,
): Promise<number | null> {
  const { model, provider, providerName, allows } = entry
  const request = {
    model,
    // As it would be relayed.
    body: withoutHostedTools(body, allows, new Notes()),
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
function requestOf(deps: CountDeps, body: CountTokensBody, target: Target): ModelRequest {
  const notes = new Notes()
  return conversationOf(deps, target, countRequest(body, notes), notes).request
}
