import type { ChatBody, ResponseFormat } from '../form/chat-format.ts'
import { messagesOf } from './responses-input.ts'
import { Refusals } from '../form/refusals.ts'
import {
  LOGPROBS,
  PlainFormat,
  ReasoningConfig,
  type ResponsesBody,
  SchemaFormat,
  StreamOptions,
  TextConfig,
} from './responses-schema.ts'
import { toolFields } from './responses-tools.ts'

/*
 * | Field of a response                         | In chat completions                                              |
 * |---------------------------------------------|------------------------------------------------------------------|
 * | input, instructions                         | messages                                                         |
 * | tools, tool_choice, parallel_tool_calls     | the same, nested; left out without tools                         |
 * | text.format, text.verbosity                 | response_format, verbosity                                       |
 * | reasoning.effort                            | reasoning_effort                                                 |
 * | max_output_tokens                           | max_tokens                                                       |
 * | temperature, top_p, user, stream            | the same                                                         |
 * | include message.output_text.logprobs,       | logprobs, top_logprobs                                           |
 * | top_logprobs                                |                                                                  |
 * | service_tier                                | the same; auto is left out                                       |
 * | metadata, safety_identifier, prompt_cache_* | left out: no effect on the answer                                |
 * | include reasoning.encrypted_content,        | left out: no reasoning is shown, so none is encrypted or summed  |
 * | reasoning.summary: auto, reasoning items    | up, and what another server encrypted says nothing here          |
 * | store: false, truncation: disabled,         | left out: that is how it is here                                 |
 * | background: false                           |                                                                  |
 */

const INCLUDABLE = new Set([LOGPROBS, 'reasoning.encrypted_content'])

const NOTHING_IS_KEPT = 'responses are not kept here: send the whole conversation as input'

/** What cannot be done here, why, and the values besides null that do not ask for it. */
const NOT_OFFERED: { field: keyof ResponsesBody; why: string; harmless?: unknown }[] = [
  { field: 'previous_response_id', why: NOTHING_IS_KEPT },
  { field: 'conversation', why: NOTHING_IS_KEPT },
  {
    field: 'store',
    why: 'responses are not kept here: leave it out or say false',
    harmless: false,
  },
  { field: 'background', why: 'a response is made while the client waits', harmless: false },
  { field: 'prompt', why: 'there are no stored prompts here: send input and instructions' },
  { field: 'truncation', why: 'a conversation is never shortened here', harmless: 'disabled' },
  { field: 'context_management', why: 'a conversation is never shortened here' },
  { field: 'max_tool_calls', why: 'it limits tools of OpenAI’s, which are not offered here' },
  { field: 'moderation', why: 'moderation is not offered here' },
  { field: 'prompt_cache_options', why: 'caches are the provider’s own business here' },
]

const OBJECTS = { text: TextConfig, reasoning: ReasoningConfig, stream_options: StreamOptions }

/**
 * A response's request as a chat completion's.
 *
 * @throws AresError `invalid` that names every field which cannot be said there
 */
export function responsesToChat(body: ResponsesBody): ChatBody {
  const refusals = new Refusals()
  refuseWhatIsNotOffered(body, refusals)
  checkObjects(body, refusals)
  const chat: ChatBody = {
    model: body.model,
    messages: messagesOf(body, refusals),
    ...toolFields(body, refusals),
    ...answerFields(body, refusals),
    ...(body.stream && { stream: true, stream_options: { include_usage: true } }),
  }
  refusals.throwIfAny()
  return chat
}

function checkObjects(body: ResponsesBody, refusals: Refusals): void {
  for (const [field, schema] of Object.entries(OBJECTS)) {
    const value = body[field as keyof typeof OBJECTS] ?? null
    if (value !== null) refusals.check(schema, value, `/${field}`)
  }
}

function refuseWhatIsNotOffered(body: ResponsesBody, refusals: Refusals): void {
  for (const { field, why, harmless } of NOT_OFFERED) {
    const value = body[field] ?? null
    if (value !== null && value !== harmless) refusals.add(`/${field}`, why)
  }
  body.include?.forEach((name, index) => {
    if (INCLUDABLE.has(name)) return
    refusals.add(`/include/${index}`, `expected one of ${[...INCLUDABLE].join(', ')}`)
  })
}

/** Fields that are not set are left out, so that the provider's defaults hold. */
function answerFields(body: ResponsesBody, refusals: Refusals): Partial<ChatBody> {
  const format = responseFormat(body.text?.format, refusals)
  const wantsLogprobs = body.include?.includes(LOGPROBS) || Boolean(body.top_logprobs)
  return {
    ...withoutNulls({
      max_tokens: body.max_output_tokens,
      temperature: body.temperature,
      top_p: body.top_p,
      user: body.user,
      verbosity: body.text?.verbosity,
      reasoning_effort: body.reasoning?.effort,
      service_tier: body.service_tier === 'auto' ? null : body.service_tier,
      top_logprobs: wantsLogprobs ? body.top_logprobs : null,
    }),
    ...(wantsLogprobs && { logprobs: true }),
    ...(format && { response_format: format }),
  }
}

function withoutNulls(fields: Record<string, unknown>): Partial<ChatBody> {
  const entries = Object.entries(fields).filter(
    ([, value]) => value !== undefined && value !== null,
  )
  return Object.fromEntries(entries)
}

/** Undefined for plain text, which chat completions answer by themselves. */
function responseFormat(given: unknown, refusals: Refusals): ResponseFormat | undefined {
  if (given === undefined || given === null) return undefined
  const type = typeof given === 'object' && 'type' in given ? given.type : undefined
  if (type === 'json_schema') return schemaFormat(given, refusals)
  if (type === 'text' || type === 'json_object') {
    refusals.check(PlainFormat, given, FORMAT)
    return type === 'json_object' ? { type } : undefined
  }
  refusals.add(`${FORMAT}/type`, 'expected one of text, json_object, json_schema')
  return undefined
}

const FORMAT = '/text/format'

function schemaFormat(given: unknown, refusals: Refusals): ResponseFormat | undefined {
  const checked = refusals.check(SchemaFormat, given, FORMAT)
  if (!checked) return undefined
  const { name, description, schema, strict } = checked
  return {
    type: 'json_schema',
    json_schema: {
      name,
      ...(description && { description }),
      schema,
      ...(typeof strict === 'boolean' && { strict }),
    },
  }
}
