import type { ChatFinishReason, ChatReply, ChatUsage } from '../form/chat-format.ts'
import type { RenderContext } from '../form/dialect.ts'
import { brokeOff, outputOf, responseId, responseUsage } from './responses-output.ts'
import type { OutputItem, Response } from './responses-reply-schema.ts'
import type { FunctionTool, ResponsesBody } from './responses-schema.ts'

/** How far a response has come. */
export interface Progress {
  output: OutputItem[]
  /** Null while it is being written, and when it broke off for no reason of the model's. */
  finish: ChatFinishReason | null
  usage?: ChatUsage | null | undefined
  error?: { code: string; message: string }
}

/** A whole answer as a response. */
export function renderResponse(reply: ChatReply, context: RenderContext<ResponsesBody>): Response {
  const [choice] = reply.choices
  const output = choice ? outputOf(context.runId, choice) : []
  const finish = choice?.finish_reason ?? 'stop'
  return responseObject(context, { output, finish, usage: reply.usage })
}

/** The Response object at some moment, with everything that the request said or left to OpenAI's defaults. */
export function responseObject(
  { body, runId, created }: RenderContext<ResponsesBody>,
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
    usage: responseUsage(usage),
    ...echoed(body),
    ...NOT_KEPT,
  }
}

function incompleteDetails(finish: ChatFinishReason | null): Response['incomplete_details'] {
  if (finish === null || !brokeOff(finish)) return null
  return { reason: finish === 'length' ? 'max_output_tokens' : finish }
}

function statusOf(finish: ChatFinishReason | null): Response['status'] {
  if (finish === null) return 'in_progress'
  return brokeOff(finish) ? 'incomplete' : 'completed'
}

function echoed(body: ResponsesBody) {
  return {
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
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
function echoedTool(tool: FunctionTool) {
  const { name, description, parameters, strict } = tool
  return {
    type: tool.type,
    name,
    description: description ?? null,
    parameters: parameters ?? null,
    strict: strict ?? false,
  }
}

/** The state that a server with a memory would tell. */
const NOT_KEPT = {
  access_programs: null,
  background: false,
  max_tool_calls: null,
  previous_response_id: null,
  store: false,
  truncation: 'disabled',
} as const
