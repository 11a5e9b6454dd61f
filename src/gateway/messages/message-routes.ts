import { type AnyElysia, Elysia } from 'elysia'
import { documented } from '../../http/documented.ts'
import { tenantGuard } from '../../http/guards.ts'
import { jsonBody } from '../../http/json-body.ts'
import { type SurfaceHandlerDeps, surfaceHandler } from '../surface-handler.ts'
import { betaHeader } from './anthropic-beta.ts'
import { AnthropicErrorReply } from '../form/errors-schema.ts'
import { countRequest } from './request.ts'
import { messagesSurface } from './surface.ts'
import { MessageEvent, MessageReply } from './messages-reply-schema.ts'
import {
  type CountTokensBody,
  CountTokensReply,
  CountTokensRequest,
  MessagesRequest,
} from './messages-schema.ts'
import type { CountedFormat, CountTokens } from '../upstream/count-tokens.ts'

export interface MessageRouteDeps extends SurfaceHandlerDeps {
  countTokens: CountTokens
}

const tags: [string] = ['Compatible APIs']

const COUNTED: CountedFormat<CountTokensBody> = { native: 'anthropic', request: countRequest }

/** What Anthropic's clients speak, mounted under /v1. The key may stand in `x-api-key` here. */
export function messageRoutes(deps: MessageRouteDeps): AnyElysia {
  return new Elysia({ name: 'message-routes' })
    .use(tenantGuard)
    .post('/messages', surfaceHandler(deps, messagesSurface, { relayedHeaders: betaHeader }), {
      ...jsonBody(MessagesRequest, { anyInteger: true }),
      ...documented({
        summary: 'Create a message',
        description:
          'As Anthropic’s clients ask, with the key in `x-api-key` or `Authorization`. `model` is a configured model or `agent:` and the name of an agent. Fields that are not listed, and `anthropic-beta`, are passed to providers that speak this format; fields are refused by name for others, and everywhere those that cost more or open addresses, unless the operator allows them. With `stream`, an `Idempotency-Key` is refused with 400.',
        tags,
        once: true,
        replies: { 200: MessageReply },
        streamed: MessageEvent,
        errors: AnthropicErrorReply,
        failures: [400, 401, 403, 404, 409, 413, 415, 429, 502, 503, 504],
      }),
    })
    .post(
      '/messages/count_tokens',
      async ({ caller, body, request }) => {
        const headers = betaHeader(request.headers)
        const call = { format: COUNTED, caller, body, headers, client: request.signal }
        return { input_tokens: await deps.countTokens(call) }
      },
      {
        ...jsonBody(CountTokensRequest, { anyInteger: true }),
        ...documented({
          summary: 'Count the tokens of a message',
          description:
            'By the provider where it counts, otherwise an estimate. Nothing is run or recorded.',
          tags,
          replies: { 200: CountTokensReply },
          errors: AnthropicErrorReply,
          failures: [400, 401, 403, 404, 409, 413, 415, 429, 502, 503, 504],
        }),
      },
    )
}
