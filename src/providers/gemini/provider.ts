import type { ModelConfig, ProviderConfig } from '../../config/config.ts'
import { endpoint, type ProviderDeps } from '../http-call.ts'
import { HttpProvider } from '../http-provider.ts'
import { HttpRelay } from '../http-relay.ts'
import { HttpTokenCounter } from '../http-token-counter.ts'
import type { Provider } from '../provider.ts'
import type { RelayRequest } from '../relay.ts'
import type { WireFormat } from '../wire-format.ts'
import { GeminiEmbeddings } from './embeddings.ts'
import { FAMILY, readError } from './reading.ts'
import { readReply } from './reply.ts'
import { geminiRequest, takesFormat } from './request.ts'
import { readEvent } from './stream.ts'

const FORMAT: WireFormat = {
  takesFormat,
  path: (model, stream) =>
    methodPath(model, stream ? 'streamGenerateContent?alt=sse' : 'generateContent'),
  write: (call, _stream, notes) => geminiRequest(call, notes),
  readReply,
  readEvent,
}

/**
 * Google's Gemini API. Posts to `{base_url}/v1beta/models/{model}:generateContent` and its siblings; a trailing
 * /v1beta of the base URL is tolerated.
 */
export function geminiProvider(config: ProviderConfig, deps: ProviderDeps): Provider {
  const url = `${config.baseUrl}/v1beta`
  const credentials: Record<string, string> =
    config.apiKey === null ? {} : { 'x-goog-api-key': config.apiKey }
  const target = endpoint({ config, url, credentials, readError }, deps)
  return new HttpProvider(target, FORMAT, {
    relays: [new HttpRelay(target, FAMILY, FORMAT, bodyOf)],
    counter: new HttpTokenCounter(target, {
      path: (model) => methodPath(model, 'countTokens'),
      bodyOf: ({ model, body }) => ({
        generateContentRequest: { ...body, model: resourceName(model.upstreamId) },
      }),
      field: 'totalTokens',
    }),
    embeddings: new GeminiEmbeddings(target, (model) => methodPath(model, 'batchEmbedContents')),
  })
}

/** The model and the manner stand in the path. */
function bodyOf({ body }: RelayRequest): object {
  return body
}

/** `upstream_id` may say that it is a tuned model: `tunedModels/…`. */
function methodPath({ upstreamId }: ModelConfig, method: string): string {
  return `/${resourceName(upstreamId)}:${method}`
}

function resourceName(upstreamId: string): string {
  const name = upstreamId.split('/').map(encodeURIComponent).join('/')
  return /^(?:models|tunedModels)\//.test(name) ? name : `models/${name}`
}
