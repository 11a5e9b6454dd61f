import type { ProviderConfig } from '../../config/config.ts'
import { endpoint, type ProviderDeps } from '../http-call.ts'
import { HttpProvider } from '../http-provider.ts'
import { HttpRelay } from '../http-relay.ts'
import { HttpTokenCounter } from '../http-token-counter.ts'
import type { Provider } from '../provider.ts'
import type { RelayRequest } from '../relay.ts'
import type { WireFormat } from '../wire-format.ts'
import { FAMILY, readError } from './reading.ts'
import { readReply } from './reply.ts'
import { anthropicRequest } from './request.ts'
import { takesSchema } from './schemas.ts'
import { readEvent } from './stream.ts'

const FORMAT: WireFormat = {
  takesFormat: takesSchema,
  write: (call, stream, notes) => ({
    ...anthropicRequest(call, notes),
    ...(stream && { stream: true }),
  }),
  readReply,
  readEvent,
}

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
  const at = (address: string) => endpoint({ config, url: address, credentials, readError }, deps)
  const target = at(url)
  return new HttpProvider(target, FORMAT, {
    relays: [new HttpRelay(target, FAMILY, FORMAT, relayJson)],
    counter: new HttpTokenCounter(at(`${url}/count_tokens`), {
      bodyOf: ({ model, body }) => ({ ...body, model: model.upstreamId }),
      field: 'input_tokens',
    }),
    embeddings: null,
  })
}

function relayJson({ model, body }: RelayRequest, stream: boolean): object {
  return { ...body, model: model.upstreamId, stream }
}
