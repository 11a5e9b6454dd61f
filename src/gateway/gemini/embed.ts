import { Notes } from '../../form/notes.ts'
import { asArray, asObject } from '../../providers/json-shape.ts'
import type { RelayReply } from '../../providers/relay.ts'
import type { AskedEmbeddings, EmbeddingHint } from '../embeddings/embeddings.ts'
import type { BatchEmbedContentsRequest, EmbedContentRequest } from './gemini-schema.ts'

/** What `embedContent` asks, in the words of the one surface that embeds. */
export function askedOnce(model: string, request: EmbedContentRequest): AskedEmbeddings {
  return {
    ...asked(model, [request], ''),
    told: (reply) => ({ embedding: vectorsIn(reply)[0] ?? { values: [] } }),
  }
}

/** What `batchEmbedContents` asks. @throws AresError `invalid` where one of the requests differs from the first in more than its text */
export function askedInBatch(
  model: string,
  { requests }: BatchEmbedContentsRequest,
): AskedEmbeddings {
  refuseDifferences(requests)
  return {
    ...asked(model, requests, '/requests/0'),
    told: (reply) => ({ embeddings: vectorsIn(reply) }),
  }
}

function asked(
  model: string,
  requests: readonly EmbedContentRequest[],
  at: string,
): Omit<AskedEmbeddings, 'told'> {
  const { taskType, title, outputDimensionality: dimensions } = requests[0]!
  const hints: EmbeddingHint[] = []
  if (taskType) hints.push({ name: 'task_type', value: taskType, at: `${at}/taskType` })
  if (title) hints.push({ name: 'title', value: title, at: `${at}/title` })
  const input = requests.map(({ content }) => content.parts.map(({ text }) => text).join('\n'))
  return { body: { model, input, ...(dimensions && { dimensions }) }, hints }
}

const SHARED = ['taskType', 'title', 'outputDimensionality'] as const

/** One call embeds them all. */
function refuseDifferences(requests: readonly EmbedContentRequest[]): void {
  const notes = new Notes()
  requests.forEach((request, index) => {
    for (const field of SHARED) {
      if ((request[field] ?? null) === (requests[0]![field] ?? null)) continue
      notes.refuse(`/requests/${index}/${field}`, 'expected the same as in the first request')
    }
  })
  notes.throwIfAny()
}

function vectorsIn({ body }: RelayReply): { values: number[] }[] {
  return asArray(body['data']).map((each) => {
    const values = asArray(asObject(each)['embedding'])
    return { values: values.map(Number) }
  })
}
