import { type Message, toolCallsIn, type ToolResultPart } from './parts.ts'

/**
 * The conversation with the results of each answer's calls right behind it, in one message and in the order of the
 * calls. Clients send them one by one, in any order and with words in between, which most APIs refuse. What answers no
 * call stays where it is.
 */
export function withResultsInPlace(messages: readonly Message[]): Message[] {
  const arranged: Message[] = []
  for (let at = 0; at < messages.length;) {
    const end = nextAnswer(messages, at + 1)
    arranged.push(...turn(messages.slice(at, end)))
    at = end
  }
  return arranged
}

/** Where the next answer begins, or the conversation ends. */
function nextAnswer(messages: readonly Message[], from: number): number {
  const next = messages.findIndex(({ role }, index) => index >= from && role === 'assistant')
  return next < 0 ? messages.length : next
}

/** An answer and what follows it. */
function turn([answer, ...after]: readonly Message[]): Message[] {
  const calls = toolCallsIn(answer!.parts).map(({ id }) => id)
  const results = after.flatMap(({ parts }) =>
    parts.filter((part) => part.type === 'tool_result' && calls.includes(part.callId)),
  ) as ToolResultPart[]
  if (answer!.role !== 'assistant' || results.length === 0) return [answer!, ...after]
  const inOrder = results.toSorted((one, other) => place(one, calls) - place(other, calls))
  const rest = after
    .map((message) => ({
      ...message,
      parts: message.parts.filter((part) => !results.some((result) => result === part)),
    }))
    .filter(({ parts, role }) => parts.length > 0 || role !== 'tool')
  return [answer!, { role: 'tool', parts: inOrder }, ...rest]
}

function place({ callId }: ToolResultPart, calls: readonly string[]): number {
  return calls.indexOf(callId)
}
