import { type AnyElysia, Elysia } from 'elysia'
import { ownerOf } from '../execution/owner.ts'
import { documented } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import { hot } from '../http/hot-routes.ts'
import { jsonBody } from '../http/json-body.ts'
import { type OnceDeps, runOnce } from '../idempotency/once.ts'
import type { RelayReply } from '../providers/relay.ts'
import { type SurfaceHandlerDeps, surfaceHandler, told } from './surface-handler.ts'
import { chatSurface } from './chat/surface.ts'
import { ChatCompletion, ChatCompletionChunk, ChatCompletionRequest } from './chat/chat-schema.ts'
import { Completion, CompletionChunk, CompletionRequest } from './completions/completions-schema.ts'
import { completionSurface } from './completions/surface.ts'
import type { Embed } from './embeddings/embeddings.ts'
import { EmbeddingReply, EmbeddingRequest, MOST_TOKEN_IDS } from './embeddings/embeddings-schema.ts'
import { OpenAiErrorReply } from './form/errors-schema.ts'
import { responsesSurface } from './responses/surface.ts'
import { Response as ResponseReply, ResponseEvent } from './responses/reply-schema.ts'
import { ResponsesRequest } from './responses/responses-schema.ts'

export interface GatewayRouteDeps extends OnceDeps, SurfaceHandlerDeps {
  embed: Embed
}

const tags: [string] = ['Compatible APIs']
const FAILURES = [400, 401, 403, 404, 409, 413, 415, 429, 502, 503, 504] as const

/** What OpenAI's clients speak, mounted under /v1. */
export function openAiRoutes(deps: GatewayRouteDeps): AnyElysia {
  return new Elysia({ name: 'openai-routes' })
    .use(tenantGuard)
    .post('/chat/completions', surfaceHandler(deps, chatSurface), {
      ...jsonBody(ChatCompletionRequest, { anyInteger: true }),
      ...documented({
        summary: 'Create a chat completion',
        description:
          'As OpenAI’s clients ask. `model` is a configured model or `agent:` and the name of an agent. Fields that are not listed are passed to OpenAI-compatible providers and refused by name for others; so are those that cost more or open addresses, unless the operator allows them. With `stream`, events end with `[DONE]`; an `Idempotency-Key` is refused with 400 then.',
        tags,
        once: true,
        replies: { 200: ChatCompletion },
        streamed: ChatCompletionChunk,
        errors: OpenAiErrorReply,
        failures: [...FAILURES],
      }),
    })
    .post('/responses', surfaceHandler(deps, responsesSurface), {
      ...jsonBody(ResponsesRequest, { anyInteger: true }),
      ...documented({
        summary: 'Create a response',
        description:
          'As OpenAI’s clients ask. Unless `store` is false, the response is kept for as long as the contents of runs: `previous_response_id` goes on from it, and an `item_reference` stands for one of its items, with whatever model. With `stream`, an `Idempotency-Key` is refused with 400.',
        tags,
        once: true,
        replies: { 200: ResponseReply },
        streamed: ResponseEvent,
        errors: OpenAiErrorReply,
        failures: [...FAILURES],
      }),
    })
    .post('/completions', surfaceHandler(deps, completionSurface), {
      ...jsonBody(CompletionRequest, { anyInteger: true }),
      ...documented({
        summary: 'Create a completion',
        description:
          'OpenAI’s legacy completions: relayed to OpenAI-compatible providers, for others and agents the text is what a user says. What those cannot be told, such as `suffix`, `echo` and `logprobs`, is refused by name. With `stream`, an `Idempotency-Key` is refused with 400.',
        tags,
        once: true,
        replies: { 200: Completion },
        streamed: CompletionChunk,
        errors: OpenAiErrorReply,
        failures: [...FAILURES],
      }),
    })
    .post(
      '/embeddings',
      hot<EmbeddingRequest>((context) =>
        runOnce(deps, context, async (claim) => {
          const asked = { body: context.body, told: ({ text }: RelayReply) => text }
          return told(await deps.embed(ownerOf(context, claim), asked), context)
        }),
      ),
      {
        ...jsonBody(EmbeddingRequest, { freeNumbers: MOST_TOKEN_IDS }),
        ...documented({
          summary: 'Create embeddings',
          description:
            'Relayed to an OpenAI-compatible provider, fields that are not listed included, but for what the operator has to allow.',
          tags,
          once: true,
          replies: { 200: EmbeddingReply },
          errors: OpenAiErrorReply,
          failures: [...FAILURES],
        }),
      },
    )
}
