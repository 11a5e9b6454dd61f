import type { ProviderConfig } from '../config/config.ts'
import { anthropicMessages, systemText } from './anthropic-messages.ts'
import { anthropicReplyReader } from './anthropic-reply.ts'
import { endpoint, type ProviderDeps } from './http-call.ts'
import { HttpProvider } from './http-provider.ts'
import { HttpRelay } from './http-relay.ts'
import { HttpTokenCounter } from './http-token-counter.ts'
import type { CompletionRequest, Provider, ToolSpec } from './provider.ts'
import type { RelayRequest } from './relay.ts'
import type { WireFormat } from './wire-format.ts'

/** The API wants a limit; this is ours when the request has none. */
const DEFAULT_MAX_TOKENS = 4096

/**
 * Anthropic's Messages API. Posts to `{base_url}/v1/messages`; a trailing /v1 of the base URL is
 * tolerated. Source: contract 2.3.
 */
export function anthropicProvider(config: ProviderConfig, deps: ProviderDeps): Provider {
  const url = `${config.baseUrl?.replace(/\/v1$/, '')}/v1/messages`
  const credentials = {
    'anthropic-version': '2023-06-01',
    ...(config.apiKey !== null && { 'x-api-key': config.apiKey }),
  }
  const target = endpoint(config, url, credentials, deps)
  const format: WireFormat = {
    requestBody: (request, stream) => JSON.stringify(requestJson(request, stream)),
    ...anthropicReplyReader(config),
  }
  const counter = new HttpTokenCounter(endpoint(config, `${url}/count_tokens`, credentials, deps))
  const relay = new HttpRelay(target, 'anthropic', format, relayJson)
  return new HttpProvider(target, format, { relay, embeddings: null, counter })
}

function requestJson(request: CompletionRequest, stream: boolean): object {
  const { model, messages, tools, maxTokens, temperature, topP } = request
  return {
    model: model.upstreamId,
    system: systemText(messages),
    messages: anthropicMessages(messages),
    tools: tools && tools.length > 0 ? tools.map(toolJson) : undefined,
    max_tokens: Math.min(maxTokens ?? DEFAULT_MAX_TOKENS, model.contextLength),
    // The scale ends at 1 here, at 2 elsewhere.
    temperature: temperature === undefined ? undefined : Math.min(temperature, 1),
    top_p: topP,
    ...(stream && { stream: true }),
  }
}

function relayJson({ model, body }: RelayRequest, stream: boolean): object {
  return { ...body, model: model.upstreamId, stream }
}

function toolJson({ name, description, parameters }: ToolSpec): object {
  return { name, description, input_schema: parameters }
}
