import type { ModelConfig } from '../../config/config.ts'
import { refuseChatFields } from './anthropic-request-fields.ts'
import { anthropicHistory, systemPrompt } from './anthropic-request-messages.ts'
import { anthropicToolChoice, anthropicTools } from './anthropic-request-tools.ts'
import { Refusals } from '../anthropic-refusals.ts'
import type { ChatBody } from '../form/chat-format.ts'

/** The API wants a limit; this is ours when the request has none, as for agents and chats. */
const DEFAULT_MAX_TOKENS = 4096

/**
 * A request in OpenAI's format as one in Anthropic's, for `POST /v1/messages` of a provider.
 *
 * @throws AresError `invalid` that names every field which cannot be said there
 */
export function toAnthropicRequest(
  body: ChatBody,
  model: Pick<ModelConfig, 'upstreamId' | 'contextLength'>,
): object {
  const refusals = new Refusals()
  refuseChatFields(body, refusals)
  const system = systemPrompt(body.messages, refusals)
  const limit = body.max_completion_tokens ?? body.max_tokens
  const stop = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? [])
  const request = {
    model: model.upstreamId,
    max_tokens: limit ?? Math.min(DEFAULT_MAX_TOKENS, model.contextLength),
    ...(system.length > 0 && { system }),
    messages: anthropicHistory(body.messages, refusals),
    ...anthropicTools(body.tools, refusals),
    ...anthropicToolChoice(body, refusals),
    ...(stop.length > 0 && { stop_sequences: stop }),
    ...given('temperature', body.temperature),
    ...given('top_p', body.top_p),
    ...outputConfig(body, refusals),
    ...(body.stream === true && { stream: true }),
  }
  refusals.throwIfAny()
  return request
}

function given(field: string, value: number | null | undefined): Record<string, number> {
  return value === null || value === undefined ? {} : { [field]: value }
}

/** The name of a schema has no place there, its description one of its own. */
function outputConfig({ response_format: format }: ChatBody, refusals: Refusals): object {
  if (!format || format.type === 'text') return {}
  if (format.type !== 'json_schema') {
    const message = 'expected text or json_schema for the model asked for'
    refusals.refuse('/response_format/type', message)
    return {}
  }
  const { schema, description } = format.json_schema
  if (!schema) {
    refusals.refuse('/response_format/json_schema/schema', 'this field is required')
    return {}
  }
  const described = description === undefined ? schema : { description, ...schema }
  return { output_config: { format: { type: 'json_schema', schema: described } } }
}
