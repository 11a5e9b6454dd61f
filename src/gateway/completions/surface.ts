import type { Pieces } from '../../execution/answer-session.ts'
import type { AresError } from '../../errors.ts'
import { type Answer, type AnswerEvent, saidBy } from '../../form/answer.ts'
import { saidIn } from '../../form/parts.ts'
import { openAiError } from '../../http/error-forms.ts'
import { statusOf } from '../../http/error-handler.ts'
import { chatUsage } from '../chat/reply.ts'
import { DONE } from '../chat/stream.ts'
import type { Ending, RenderContext, Surface, SurfaceStream } from '../form/surface.ts'
import type { CompletionRequest } from './completions-schema.ts'
import { checkCompletion, completionRequest } from './request.ts'

type Context = RenderContext<CompletionRequest>

/** OpenAI's legacy completions, as clients speak them at `POST /v1/completions`. Text alone is told in them. */
export const completionSurface: Surface<CompletionRequest> = {
  kind: 'text_completion',
  native: 'completions',
  check: checkCompletion,
  forNative: (body) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
  request: completionRequest,
  reply: (answer: Answer, context) => ({
    ...headOf(context),
    choices: [choiceOf(saidIn(answer.parts), finishReasonOf(answer))],
    usage: chatUsage(answer.usage),
  }),
  stream: (context) => new CompletionStream(context),
}

function headOf({ runId, created, body }: Context): object {
  return { id: `cmpl-${runId}`, object: 'text_completion', created, model: body.model }
}

function choiceOf(text: string, finish_reason: string | null): object {
  return { text, index: 0, logprobs: null, finish_reason }
}

/** Nobody but an agent's own tools is called here. */
function finishReasonOf({ finishReason }: Pick<Answer, 'finishReason'>): string {
  return finishReason === 'tool_calls' ? 'stop' : finishReason
}

class CompletionStream implements SurfaceStream {
  readonly #head: object
  readonly #wantsUsage: boolean

  constructor(context: Context) {
    this.#head = headOf(context)
    this.#wantsUsage = context.body.stream_options?.include_usage === true
  }

  push(events: readonly AnswerEvent[]): string {
    return events
      .map((event) => saidBy([event]))
      .filter((text) => text !== '')
      .map((text) => this.#event({ choices: [choiceOf(text, null)] }))
      .join('')
  }

  end(ending: Ending): Pieces<string> {
    const last = this.#event({ choices: [choiceOf('', finishReasonOf(ending))] })
    const usage = this.#wantsUsage
      ? eventOf({ ...this.#head, choices: [], usage: chatUsage(ending.usage) })
      : ''
    return [() => last + usage + DONE]
  }

  fail(error: AresError): string {
    return eventOf(openAiError(error, statusOf(error)))
  }

  #event(fields: object): string {
    return eventOf({ ...this.#head, ...fields, ...(this.#wantsUsage && { usage: null }) })
  }
}

function eventOf(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
