import type { ProviderConfig } from '../../config/config.ts'
import { endpoint, type ProviderDeps } from '../http-call.ts'
import { HttpEmbeddings } from '../http-embeddings.ts'
import { HttpProvider } from '../http-provider.ts'
import { HttpRelay } from '../http-relay.ts'
import { asObject } from '../json-shape.ts'
import type { Provider } from '../provider.ts'
import type { RelayRequest } from '../relay.ts'
import { verdictOf } from '../verdict.ts'
import type { AnswerReader, WireFormat } from '../wire-format.ts'
import { readReply } from './reply.ts'
import { habitsAt, type OpenAiHabits } from './habits.ts'
import { openAiRequest } from './request.ts'
import { readReply as readResponse } from './responses/reply.ts'
import { readEvent as readResponseEvent } from './responses/stream.ts'
import { readEvent } from './stream.ts'
import { TEXT_COMPLETIONS, textCompletionJson } from './text-completions.ts'

/**
 * Any server that speaks OpenAI's chat completions: OpenAI, Groq, NVIDIA, Ollama, vLLM, llama.cpp and so on.
 * Posts to `{base_url}/chat/completions`, and what clients ask in the format of OpenAI's responses to `{base_url}/responses`
 * where the operator says that there are any. Source: contract 2.3.
 */
export function openAiProvider(config: ProviderConfig, deps: ProviderDeps): Provider {
  const url = `${config.baseUrl}/chat/completions`
  const credentials: Record<string, string> =
    config.apiKey === null ? {} : { authorization: `Bearer ${config.apiKey}` }
  const at = (address: string) =>
    endpoint({ config, url: address, credentials, readError: verdictOf }, deps)
  const target = at(url)
  const habits = habitsAt(new URL(url).hostname)
  const format: WireFormat = {
    takesFormat: ({ type }, { model }) => type === 'json_object' || model.supportsSchemas !== false,
    write: (call, stream, notes) => ({
      ...openAiRequest(call, notes, habits),
      ...(stream && { stream: true, stream_options: { include_usage: true } }),
    }),
    readReply,
    readEvent,
  }
  return new HttpProvider(target, format, {
    relays: [
      new HttpRelay(target, 'openai', format, (request, stream) =>
        relayJson(request, stream, habits),
      ),
      new HttpRelay(
        at(`${config.baseUrl}/completions`),
        'completions',
        TEXT_COMPLETIONS,
        textCompletionJson,
      ),
      ...(config.responses
        ? [new HttpRelay(at(`${config.baseUrl}/responses`), 'responses', RESPONSES, responseJson)]
        : []),
    ],
    counter: null,
    embeddings: new HttpEmbeddings(at(`${config.baseUrl}/embeddings`)),
  })
}

const RESPONSES: AnswerReader = {
  repeatsAnswer: true,
  readReply: readResponse,
  readEvent: readResponseEvent,
}

function responseJson({ model, body }: RelayRequest, stream: boolean): object {
  return { ...body, model: model.upstreamId, ...(stream && { stream }) }
}

/** Usage is asked for in every stream; who has asked for it gets to see it. */
function relayJson(
  { model, body }: RelayRequest,
  stream: boolean,
  { maxTokensField }: OpenAiHabits,
): object {
  const { max_tokens: maxTokens, stream_options: options, ...rest } = body
  return {
    ...rest,
    model: model.upstreamId,
    // Whoever gives both limits means the newer one, which `rest` still has.
    ...(maxTokens !== undefined && !(maxTokensField in rest) && { [maxTokensField]: maxTokens }),
    ...(stream && { stream, stream_options: { ...asObject(options), include_usage: true } }),
  }
}
