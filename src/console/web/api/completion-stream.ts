import { dataOf } from './event-stream.ts'
import { ApiFailure } from './failure.ts'

/** One event of an answer on its way; the last one says how it ended. */
export interface ChatEvent {
  delta: string
  finish_reason: string | null
  tokens_used?: number
  error?: string
}

/** What the pages look at of OpenAI's chunks. */
interface Chunk {
  choices?: { delta: { content?: string | null }; finish_reason: string | null }[]
  usage?: { total_tokens: number } | null
  error?: { message: string }
}

/**
 * A stream of chat completions as events of our own chat: the reason of the end comes before the usage there, so it is
 * held until `[DONE]`.
 *
 * @throws ApiFailure when the stream tells of an error
 */
export async function* completionEvents(response: Response): AsyncGenerator<ChatEvent> {
  let finish: string | null = null
  let tokens = 0
  for await (const data of dataOf(response)) {
    if (data === '[DONE]') {
      yield { delta: '', finish_reason: finish ?? 'stop', tokens_used: tokens }
      return
    }
    const { choices = [], usage, error } = JSON.parse(data) as Chunk
    if (error) throw new ApiFailure(error.message, { code: 'stream' })
    tokens = usage?.total_tokens ?? tokens
    finish = choices[0]?.finish_reason ?? finish
    const delta = choices[0]?.delta.content ?? ''
    if (delta !== '') yield { delta, finish_reason: null }
  }
}
