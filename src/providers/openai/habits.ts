/** In what servers of this family differ. */
export interface OpenAiHabits {
  /** OpenAI's own newer models refuse `max_tokens`; other servers may not know its successor. */
  maxTokensField: 'max_tokens' | 'max_completion_tokens'
  /** Whether thoughts are sent back as `reasoning_content`; OpenAI itself refuses the field. */
  takesThoughts: boolean
}

/** The habits of the server at that host. */
export function habitsAt(host: string): OpenAiHabits {
  return host === 'api.openai.com'
    ? { maxTokensField: 'max_completion_tokens', takesThoughts: false }
    : { maxTokensField: 'max_tokens', takesThoughts: true }
}
