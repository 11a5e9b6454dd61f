import { type AnyElysia, Elysia } from 'elysia'
import { ownerOf } from '../../execution/owner.ts'
import { tenantGuard } from '../../http/guards.ts'
import { hot } from '../../http/hot-routes.ts'
import { jsonBody } from '../../http/json-body.ts'
import { type OnceDeps, runOnce } from '../../idempotency/once.ts'
import type { Embed } from '../embeddings/embeddings.ts'
import { told } from '../surface-handler.ts'
import { described, EITHER_SPELLING } from './described.ts'
import { askedInBatch, askedOnce } from './embed.ts'
import {
  BatchEmbedContentsReply,
  BatchEmbedContentsRequest,
  EmbedContentReply,
  EmbedContentRequest,
} from './gemini-schema.ts'

export interface EmbedRouteDeps extends OnceDeps {
  embed: Embed
}

/** What the path says. */
interface OfModel {
  model: string
}

/** Embeddings as Google's clients ask for them, mounted under /v1beta. */
export function embedRoutes(deps: EmbedRouteDeps): AnyElysia {
  return new Elysia({ name: 'gemini-embed' })
    .use(tenantGuard)
    .post(
      '/models/:model/embedContent',
      hot<EmbedContentRequest, OfModel>((context) =>
        runOnce(deps, context, async (claim) => {
          const asked = askedOnce(context.params.model, context.body)
          return told(await deps.embed(ownerOf(context, claim), asked), context)
        }),
      ),
      {
        ...jsonBody(EmbedContentRequest, EITHER_SPELLING),
        ...described({
          summary: 'Embed content',
          description: 'By whatever provider has embeddings of the model.',
          once: true,
          replies: { 200: EmbedContentReply },
        }),
      },
    )
    .post(
      '/models/:model/batchEmbedContents',
      hot<BatchEmbedContentsRequest, OfModel>((context) =>
        runOnce(deps, context, async (claim) => {
          const asked = askedInBatch(context.params.model, context.body)
          return told(await deps.embed(ownerOf(context, claim), asked), context)
        }),
      ),
      {
        ...jsonBody(BatchEmbedContentsRequest, EITHER_SPELLING),
        ...described({
          summary: 'Embed contents',
          description:
            'Several at once, with one `taskType`, `title` and `outputDimensionality` for all.',
          once: true,
          replies: { 200: BatchEmbedContentsReply },
        }),
      },
    )
}
