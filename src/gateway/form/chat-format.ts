/*
 * The wire format of OpenAI's chat completions, as far as the gateway looks into it: the form in which every
 * compatible surface says what it asks, and every model what it answers. Fields that are not named here pass through.
 */

/** A part of a message. Parts of other types pass through to providers of the same family. */
export type ContentPart =
  | { type: 'text'; text: string }
  | { type: 'image_url'; image_url: { url: string; detail?: string } }
  | { type: 'refusal'; refusal: string }

export interface ChatToolCall {
  id: string
  type: 'function'
  /** `arguments` is JSON text as the model wrote it. */
  function: { name: string; arguments: string }
}

export type ChatMessage =
  | { role: 'system' | 'developer'; content: string | ContentPart[]; name?: string }
  | { role: 'user'; content: string | ContentPart[]; name?: string }
  | {
      role: 'assistant'
      content?: string | ContentPart[] | null
      refusal?: string | null
      tool_calls?: ChatToolCall[]
      name?: string
    }
  | { role: 'tool'; tool_call_id: string; content: string | ContentPart[] }

export interface ChatTool {
  type: 'function'
  function: {
    name: string
    description?: string
    parameters?: Record<string, unknown>
    strict?: boolean | null
  }
}

export type ToolChoice =
  | 'none'
  | 'auto'
  | 'required'
  | { type: 'function'; function: { name: string } }

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | {
      type: 'json_schema'
      json_schema: {
        name: string
        description?: string
        schema?: Record<string, unknown>
        strict?: boolean | null
      }
    }

/** The body of `POST /v1/chat/completions`. */
export interface ChatBody {
  model: string
  messages: ChatMessage[]
  stream?: boolean | null
  stream_options?: { include_usage?: boolean } | null
  max_tokens?: number | null
  max_completion_tokens?: number | null
  temperature?: number | null
  top_p?: number | null
  n?: number | null
  stop?: string | string[] | null
  seed?: number | null
  tools?: ChatTool[]
  tool_choice?: ToolChoice
  parallel_tool_calls?: boolean
  response_format?: ResponseFormat
  reasoning_effort?: string | null
  user?: string
  /** Fields this gateway does not look into. */
  [field: string]: unknown
}

export type ChatFinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls'

export interface ChatUsage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details?: { cached_tokens?: number }
  completion_tokens_details?: { reasoning_tokens?: number }
}

export interface ChatReplyMessage {
  role: 'assistant'
  content: string | null
  refusal?: string | null
  tool_calls?: ChatToolCall[]
}

/** A whole answer. */
export interface ChatReply {
  id: string
  object: 'chat.completion'
  /** Seconds since 1970. */
  created: number
  model: string
  choices: {
    index: number
    message: ChatReplyMessage
    finish_reason: ChatFinishReason
    logprobs?: unknown
  }[]
  usage?: ChatUsage
}

/** A fragment of a tool call: the first of each index has id and name, the arguments come in pieces. */
export interface ToolCallDelta {
  index: number
  id?: string
  type?: 'function'
  function?: { name?: string; arguments?: string }
}

/** One event of a streamed answer. The last has usage and no choices. */
export interface ChatChunk {
  id: string
  object: 'chat.completion.chunk'
  /** Seconds since 1970. */
  created: number
  model: string
  choices: {
    index: number
    delta: {
      role?: 'assistant'
      content?: string | null
      refusal?: string | null
      tool_calls?: ToolCallDelta[]
    }
    finish_reason: ChatFinishReason | null
    logprobs?: unknown
  }[]
  usage?: ChatUsage | null
}
