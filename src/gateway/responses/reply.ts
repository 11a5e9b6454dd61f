import type { Answer, FinishReason, TokenUsage } from '../../form/answer.ts'
import type { RenderContext } from '../form/surface.ts'
import { brokeOff, ItemMaker, outputOf } from './items.ts'
import { responseId } from './kept/ids.ts'
import { groupedNames } from './namespaces.ts'
import type { OutputItem, Response, ResponseUsage } from './reply-schema.ts'
import type { ResponsesBody } from './responses-schema.ts'

/** How far a response has come. */
export interface Progress {
  output: OutputItem[]
  /** Null while it is being written, and when it broke off for no reason of the model's. */
  finish: FinishReason | null
  usage?: TokenUsage | undefined
  error?: { code: string; message: string }
}

/** A whole answer as a response. */
export function responsesReply(answer: Answer, context: RenderContext<ResponsesBody>): Response {
  const { parts, finishReason: finish, usage } = answer
  const items = new ItemMaker(context.runId, groupedNames(context.body.tools))
  return responseObject(context, { output: outputOf(parts, finish, items), finish, usage })
}

/** The Response object at some moment, with everything that the request said or left to OpenAI's defaults. */
export function responseObject(
  { body, runId, created, kept = false }: RenderContext<ResponsesBody>,
  { output, finish, usage, error }: Progress,
): Response {
  return {
    id: responseId(runId),
    object: 'response',
    created_at: created,
    status: error ? 'failed' : statusOf(finish),
    error: error ?? null,
    incomplete_details: incompleteDetails(finish),
    model: body.model,
    output,
    usage: usage ? responseUsage(usage) : null,
    ...echoed(body),
    ...NOT_OFFERED,
    store: kept,
  }
}

function incompleteDetails(finish: FinishReason | null): Response['incomplete_details'] {
  if (finish === null || !brokeOff(finish)) return null
  return { reason: finish === 'length' ? 'max_output_tokens' : finish }
}

function statusOf(finish: FinishReason | null): Response['status'] {
  if (finish === null) return 'in_progress'
  return brokeOff(finish) ? 'incomplete' : 'completed'
}

function echoed(body: ResponsesBody) {
  return {
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    previous_response_id: body.previous_response_id ?? null,
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    temperature: body.temperature ?? 1,
    top_p: body.top_p ?? 1,
    top_logprobs: body.top_logprobs ?? 0,
    tool_choice: body.tool_choice ?? 'auto',
    tools: (body.tools ?? []).map(echoedTool),
    text: {
      format: body.text?.format ?? { type: 'text' },
      verbosity: body.text?.verbosity ?? 'medium',
    },
    reasoning: { effort: body.reasoning?.effort ?? null, summary: null },
    metadata: body.metadata ?? {},
    user: body.user ?? null,
    safety_identifier: body.safety_identifier ?? null,
    prompt_cache_key: body.prompt_cache_key ?? null,
  }
}

/** `strict` is told as it was applied: unless it is asked for, the model may take liberties. */
function echoedTool(tool: NonNullable<ResponsesBody['tools']>[number]) {
  if (tool.type !== 'function') return tool
  const { name, description, parameters, strict } = tool
  return {
    type: tool.type,
    name,
    description: description ?? null,
    parameters: parameters ?? null,
    strict: strict ?? false,
  }
}

/** Tokens as responses count them. */
function responseUsage(usage: TokenUsage): ResponseUsage {
  const { inputTokens, outputTokens, cachedTokens, cacheWriteTokens, reasoningTokens } = usage
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: cachedTokens, cache_write_tokens: cacheWriteTokens },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens ?? 0 },
    total_tokens: inputTokens + outputTokens,
  }
}

/** What a server would tell that offers more. */
const NOT_OFFERED = {
  access_programs: null,
  background: false,
  max_tool_calls: null,
  truncation: 'disabled',
} as const
