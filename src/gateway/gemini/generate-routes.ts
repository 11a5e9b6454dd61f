import { Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import { tenantGuard } from '../../http/guards.ts'
import { hot } from '../../http/hot-routes.ts'
import { jsonBody } from '../../http/json-body.ts'
import { queryChoice, queryOf } from '../../http/query.ts'
import { type SurfaceHandlerDeps, surfaceHandler } from '../surface-handler.ts'
import type { CountTokens } from '../upstream/count-tokens.ts'
import { countedBody } from './count.ts'
import { described, EITHER_SPELLING } from './described.ts'
import {
  CountTokensReply,
  CountTokensRequest,
  GenerateContentReply,
  GenerateContentRequest,
} from './gemini-schema.ts'
import { jsonArrayFraming } from './json-array.ts'
import { geminiSurface } from './surface.ts'

export interface GenerateDeps extends SurfaceHandlerDeps {
  countTokens: CountTokens
}

/** What the path says. */
interface OfModel {
  model: string
}

const ALT = {
  name: 'alt',
  description: '`sse` for server-sent events; otherwise they are the items of one JSON array',
  schema: Type.Union([Type.Literal('sse'), Type.Literal('json')]),
}

/**
 * What Google's clients ask of a model, mounted under /v1beta. The front door makes two parts of a path of
 * `{model}:generateContent` (`routedPath`).
 */
export function generateRoutes(deps: GenerateDeps): AnyElysia {
  const answer = surfaceHandler(deps, geminiSurface, { framingFor })
  return new Elysia({ name: 'gemini-generate' })
    .use(tenantGuard)
    .post(
      '/models/:model/generateContent',
      hot<GenerateContentRequest, OfModel>(({ params: { model }, body, ...context }) =>
        answer({ ...context, params: {}, body: { ...body, model } }),
      ),
      {
        ...jsonBody(GenerateContentRequest, EITHER_SPELLING),
        ...described({
          summary: 'Generate content',
          description:
            'As Google’s clients ask, with the key in `x-goog-api-key`. The model is a configured one or `agent:` and the name of an agent. Fields may be spelled `likeThis` or `like_this`; those that are not listed are passed to providers that speak this format, and refused by name for others.',
          once: true,
          replies: { 200: GenerateContentReply },
        }),
      },
    )
    .post(
      '/models/:model/streamGenerateContent',
      hot<GenerateContentRequest, OfModel>(({ params: { model }, body, ...context }) =>
        answer({ ...context, params: {}, body: { ...body, model, stream: true } }),
      ),
      {
        ...jsonBody(GenerateContentRequest, EITHER_SPELLING),
        ...described({
          summary: 'Stream generated content',
          query: [ALT],
          replies: { 200: Type.Array(GenerateContentReply) },
          streamed: GenerateContentReply,
        }),
      },
    )
    .post(
      '/models/:model/countTokens',
      async ({ caller, params, body, request }) => {
        const counted = countedBody(params.model, body)
        const call = { format: geminiSurface, caller, body: counted, client: request.signal }
        return { totalTokens: await deps.countTokens(call) }
      },
      {
        ...jsonBody(CountTokensRequest, EITHER_SPELLING),
        ...described({
          summary: 'Count the tokens of content',
          description:
            'By the provider where it counts, otherwise an estimate. Nothing is run or recorded.',
          replies: { 200: CountTokensReply },
        }),
      },
    )
}

function framingFor(request: Request): typeof jsonArrayFraming | undefined {
  return queryChoice(queryOf(request), 'alt', ['sse', 'json']) === 'sse'
    ? undefined
    : jsonArrayFraming
}
