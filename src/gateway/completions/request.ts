import type { Notes } from '../../form/notes.ts'
import type { Message } from '../../form/parts.ts'
import type { ModelRequest } from '../../form/request.ts'
import { extrasOf, type FieldTable } from '../form/extras.ts'
import type { CompletionRequest } from './completions-schema.ts'

/** What becomes of the fields of a request. Some are those of chat completions, the rest are known to this format alone. */
const FIELDS: FieldTable = {
  family: 'completions',
  translated: new Set([
    'model',
    'prompt',
    'stream',
    'stream_options',
    'max_tokens',
    'temperature',
    'top_p',
    'top_k',
    'stop',
  ]),
  hints: new Set(['metadata', 'service_tier', 'user']),
  neutral: {
    n: [1],
    best_of: [1],
    echo: [false],
    suffix: [''],
    presence_penalty: [0],
    frequency_penalty: [0],
    service_tier: ['auto', 'default'],
  },
  elsewhere: {
    seed: { openai: 'seed', gemini: 'generationConfig.seed' },
    presence_penalty: { openai: 'presence_penalty', gemini: 'generationConfig.presencePenalty' },
    frequency_penalty: { openai: 'frequency_penalty', gemini: 'generationConfig.frequencyPenalty' },
    logit_bias: { openai: 'logit_bias' },
    service_tier: { openai: 'service_tier' },
    user: { openai: 'user' },
  },
}

/** What has to be right whoever answers. */
export function checkCompletion({ prompt, stream }: CompletionRequest, notes: Notes): void {
  const texts = textsIn(prompt)
  if (!texts) {
    notes.refuse('/prompt', 'expected a text or a list of texts; lists of tokens are not taken')
  } else if (stream === true && texts.length > 1) {
    notes.refuse('/prompt/1', 'a stream goes on with one text')
  }
}

/** A completion's request in the one form: the text is what a user says. */
export function completionRequest(body: CompletionRequest, notes: Notes): ModelRequest {
  checkCompletion(body, notes)
  const texts = textsIn(body.prompt) ?? []
  if (texts.length > 1) notes.refuse('/prompt/1', 'the model asked for goes on with one text')
  if (body.max_tokens === 0) {
    notes.refuse('/max_tokens', 'expected 1 or more for the model asked for')
  }
  const { max_tokens: maxTokens, temperature, top_p: topP } = body
  const stop = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? [])
  const topK = (body as { top_k?: unknown }).top_k
  return {
    messages: texts.map(promptMessage),
    ...(typeof maxTokens === 'number' && { maxTokens }),
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof topP === 'number' && { topP }),
    ...(typeof topK === 'number' && { topK }),
    ...(stop.length > 0 && { stop }),
    extras: extrasOf(body, FIELDS),
    places: { maxTokens: '/max_tokens', topP: '/top_p', topK: '/top_k' },
  }
}

function promptMessage(text: string, index: number): Message {
  return { role: 'user', parts: [{ type: 'text', text, at: `/prompt/${index}` }] }
}

function textsIn(prompt: unknown): string[] | undefined {
  const texts: unknown[] = Array.isArray(prompt) ? prompt : [prompt]
  const isText = texts.length > 0 && texts.every((text) => typeof text === 'string')
  return isText ? texts : undefined
}
