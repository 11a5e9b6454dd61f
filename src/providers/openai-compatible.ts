import type { ProviderConfig } from '../config/config.ts'
import { endpoint, type ProviderDeps } from './http-call.ts'
import { HttpProvider } from './http-provider.ts'
import { HttpEmbeddings } from './http-embeddings.ts'
import { HttpRelay } from './http-relay.ts'
import { asObject } from './json-shape.ts'
import { openAiReplyReader } from './openai-reply.ts'
import type { CompletionRequest, Message, Provider, ToolCall, ToolSpec } from './provider.ts'
import type { RelayRequest } from './relay.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * Any server that speaks OpenAI's chat completions: OpenAI, Groq, NVIDIA, Ollama, vLLM, llama.cpp and so on.
 * Posts to `{base_url}/chat/completions`. Source: contract 2.3.
 */
export function openAiCompatibleProvider(config: ProviderConfig, deps: ProviderDeps): Provider {
  const url = `${config.baseUrl}/chat/completions`
  const credentials: Record<string, string> =
    config.apiKey === null ? {} : { authorization: `Bearer ${config.apiKey}` }
  // OpenAI's own newer models refuse `max_tokens`; other servers may not know its successor.
  const maxTokensField =
    new URL(url).hostname === 'api.openai.com' ? 'max_completion_tokens' : 'max_tokens'
  const target = endpoint(config, url, credentials, deps)
  const format: WireFormat = {
    requestBody: (request, stream) => JSON.stringify(requestJson(request, stream, maxTokensField)),
    ...openAiReplyReader(config),
  }
  return new HttpProvider(target, format, {
    relay: new HttpRelay(target, 'openai', format, (request, stream) =>
      relayJson(request, stream, maxTokensField),
    ),
    counter: null,
    embeddings: new HttpEmbeddings(
      endpoint(config, `${config.baseUrl}/embeddings`, credentials, deps),
    ),
  })
}

/** Parameters that are not set are left out, so that the provider's defaults hold. */
function requestJson(request: CompletionRequest, stream: boolean, maxTokensField: string): object {
  const { model, messages, tools, maxTokens, temperature, topP } = request
  return {
    model: model.upstreamId,
    messages: messages.map(messageJson),
    tools: tools && tools.length > 0 ? tools.map(toolJson) : undefined,
    [maxTokensField]: maxTokens,
    temperature,
    top_p: topP,
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
  }
}

/** Usage is asked for in every stream; who has asked for it gets to see it. */
function relayJson({ model, body }: RelayRequest, stream: boolean, maxTokensField: string): object {
  const { max_tokens: maxTokens, stream_options: options, ...rest } = body
  return {
    ...rest,
    model: model.upstreamId,
    // Whoever gives both limits means the newer one, which `rest` still has.
    ...(maxTokens !== undefined && !(maxTokensField in rest) && { [maxTokensField]: maxTokens }),
    ...(stream && { stream, stream_options: { ...asObject(options), include_usage: true } }),
  }
}

function messageJson(message: Message): object {
  if (message.role === 'tool') {
    return { role: 'tool', tool_call_id: message.toolCallId, content: message.content }
  }
  if (message.role !== 'assistant' || !message.toolCalls || message.toolCalls.length === 0) {
    return { role: message.role, content: message.content }
  }
  const content = message.content === '' ? null : message.content
  return { role: 'assistant', content, tool_calls: message.toolCalls.map(toolCallJson) }
}

function toolCallJson({ id, name, arguments: args }: ToolCall): object {
  return { id, type: 'function', function: { name, arguments: args } }
}

function toolJson({ name, description, parameters }: ToolSpec): object {
  return { type: 'function', function: { name, description, parameters } }
}
