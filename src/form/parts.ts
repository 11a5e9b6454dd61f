/*
 * What is said in a conversation, whatever the wire: the ground on which every client's surface and every provider's
 * family stands. Nothing in here knows a wire format.
 */

/** A hint that what stands up to here may be kept in the provider's cache. */
export interface CacheHint {
  /** How long, in the words of its wire (`5m`, `1h`). */
  ttl?: string
  /** Where the hint stands in the client's request, as a JSON pointer. */
  at?: string
}

/** What may be said of anything that stands in a client's request. */
export interface Placed {
  /** Where it stands there, as a JSON pointer; absent where it is ours, such as an agent's prompt. */
  at?: string
  cache?: CacheHint
}

/** Bytes of an image or a file: at an address, or within the request as base64. */
export type Source = { url: string } | { mediaType: string; data: string }

/** A provider's own seal on what its model thought; of use to a provider of the same family only. */
export interface Signature {
  /** As in `providers/families.ts`. */
  family: string
  data: string
}

export interface TextPart extends Placed {
  type: 'text'
  text: string
  /** Of each token, as OpenAI's format has it; only where the request asked for it. */
  logprobs?: readonly unknown[]
}

export interface ImagePart extends Placed {
  type: 'image'
  source: Source
  detail?: string
}

/** A file to be read: a PDF as bytes or at an address, or plain text. */
export interface DocumentPart extends Placed {
  type: 'document'
  source: Source | { text: string }
  name?: string
}

export interface ToolCallPart extends Placed {
  type: 'tool_call'
  /** As its provider gave it; empty where that gives none, until whoever passes the call on names it. */
  id: string
  name: string
  /** JSON text as the model wrote it, which may be broken; free text where `custom`. */
  arguments: string
  /** Of a tool that takes free text. */
  custom?: true
  signature?: Signature
}

export interface ToolResultPart extends Placed {
  type: 'tool_result'
  callId: string
  content: (TextPart | ImagePart | DocumentPart)[]
  isError?: boolean
}

/** What a model thought before it answered. Never part of what it says. */
export interface ReasoningPart extends Placed {
  type: 'reasoning'
  text: string
  signature?: Signature
  /** Nothing but the seal is told; `text` is empty. */
  redacted?: true
}

export interface RefusalPart extends Placed {
  type: 'refusal'
  text: string
}

export type Part =
  | TextPart
  | ImagePart
  | DocumentPart
  | ToolCallPart
  | ToolResultPart
  | ReasoningPart
  | RefusalPart

/** A message. Results of tools stand in messages of the role `tool`, and nowhere else. */
export interface Message extends Placed {
  role: 'system' | 'user' | 'assistant' | 'tool'
  parts: Part[]
  /** Of the speaker: a hint. */
  name?: string
}

/** A message that is nothing but text. */
export function textMessage(role: Message['role'], text: string): Message {
  return { role, parts: [{ type: 'text', text }] }
}

/** All that is said in those parts: texts and refusals. Thoughts, calls and results are not said. */
export function saidIn(parts: readonly Part[]): string {
  return parts
    .map((part) => (part.type === 'text' || part.type === 'refusal' ? part.text : ''))
    .join('')
}

export function toolCallsIn(parts: readonly Part[]): ToolCallPart[] {
  return parts.filter((part) => part.type === 'tool_call')
}
