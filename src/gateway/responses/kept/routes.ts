import { type AnyElysia, Elysia } from 'elysia'
import type { Caller } from '../../../caller/caller.ts'
import type { Writer } from '../../../db/writer-contract.ts'
import type { StatementReader } from '../../../db/statements.ts'
import { found } from '../../../errors.ts'
import type { Replies } from '../../../http/replies.ts'
import { documented } from '../../../http/documented.ts'
import { tenantGuard } from '../../../http/guards.ts'
import { jsonBytes } from '../../../http/json-text.ts'
import { OpenAiErrorReply } from '../../form/errors-schema.ts'
import { DeletedResponse, Response as ResponseReply } from '../reply-schema.ts'
import { runOfResponse } from './ids.ts'
import { findKept, forgetting, type KeptHead, readResponse } from './store.ts'

export interface KeptResponseDeps {
  reads: StatementReader
  writer: Writer
  replies: Replies
}

const tags: [string] = ['Compatible APIs']
const errors = OpenAiErrorReply

/** Responses that are kept, as OpenAI's clients ask for them, mounted under /v1. */
export function keptResponseRoutes(deps: KeptResponseDeps): AnyElysia {
  const { reads, writer, replies } = deps
  return new Elysia({ name: 'kept-responses' })
    .use(tenantGuard)
    .get(
      '/responses/:id',
      async ({ caller, admission, params, request }) => {
        const { run_id, response_bytes } = await getKept(reads, caller, params.id)
        return replies.send({ request, admission }, { bytes: response_bytes }, async () => {
          const response = found(await readResponse(reads, run_id), 'response')
          return { text: (await jsonBytes(response)).pieces }
        })
      },
      documented({
        summary: 'Get a response',
        description:
          'As it was answered, while it is kept: for as long as the contents of runs, unless its request said `"store": false`.',
        tags,
        replies: { 200: ResponseReply },
        errors,
        failures: [401, 403, 404, 429, 503],
      }),
    )
    .delete(
      '/responses/:id',
      async ({ caller, params }) => {
        const { run_id } = await getKept(reads, caller, params.id)
        await writer.submit(forgetting(run_id))
        return { id: params.id, object: 'response' as const, deleted: true as const }
      },
      documented({
        summary: 'Delete a response',
        description:
          'It can be referred to no more, nor can what goes on from it. The record of its run stays.',
        tags,
        replies: { 200: DeletedResponse },
        errors,
        failures: [401, 403, 404, 429, 503],
      }),
    )
}

async function getKept(reads: StatementReader, caller: Caller, id: string): Promise<KeptHead> {
  const run = runOfResponse(id)
  return found(run === undefined ? run : await findKept(reads, caller, run), 'response')
}
