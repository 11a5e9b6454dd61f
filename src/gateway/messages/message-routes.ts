import { type AnyElysia, Elysia } from 'elysia'
import { documented } from '../../http/documented.ts'
import { tenantGuard } from '../../http/guards.ts'
import { jsonBody } from '../../http/json-body.ts'
import { type SurfaceHandlerDeps, surfaceHandler } from '../surface-handler.ts'
import { betaHeader } from './anthropic-beta.ts'
import type { CountMessageTokens } from './count-message-tokens.ts'
import { AnthropicErrorReply } from '../form/errors-schema.ts'
import { messagesSurface } from './surface.ts'
import { MessageEvent, MessageReply } from './messages-reply-schema.ts'
import { CountTokensReply, CountTokensRequest, MessagesRequest } from './messages-schema.ts'

export interface MessageRouteDeps extends SurfaceHandlerDeps {
  countMessageTokens: CountMessageTokens
}

const tags: [string] = ['Compatible APIs']

/** What Anthropic's clients speak, mounted under /v1. The key may stand in `x-api-key` here. */
export function messageRoutes(deps: MessageRouteDeps): AnyElysia {
  return new Elysia({ name: 'message-routes' })
    .use(tenantGuard)
    .post('/messages', surfaceHandler(deps, messagesSurface, betaHeader), {
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
      ({ caller, body, request }) =>
        deps.countMessageTokens({
          caller,
          body,
          headers: betaHeader(request.headers),
          client: request.signal,
        }),
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
