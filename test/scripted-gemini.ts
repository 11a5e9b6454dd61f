import type { RecordedRequest } from './scripted-wire.ts'
import type { ScriptedAnswer } from './scripted-replies.ts'

/* What a scripted provider answers in the format of Gemini, where model and manner stand in the path. */

/** What is asked under `/v1beta`: `generateContent`, `streamGenerateContent`, `countTokens` …; undefined elsewhere. */
export function geminiMethod({ path }: Pick<RecordedRequest, 'path'>): string | undefined {
  return /^\/v1beta\/models\/[^/:]+:([A-Za-z]+)(?:\?alt=sse)?$/.exec(path)?.[1]
}

const FINISH_REASONS = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  content_filter: 'SAFETY',
  tool_calls: 'STOP',
}

/** One `GenerateContentResponse`: all of an answer. */
export function geminiBody(given: ScriptedAnswer, texts: string[]) {
  return withUsage(response([...texts.map((text) => ({ text })), ...callsOf(given)], given), given)
}

/** The same in pieces; the last of them tells why it ends, and what was used. */
export function geminiEvents(given: ScriptedAnswer, texts: string[]): object[] {
  return [
    ...texts.map((text) => response([{ text }])),
    ...callsOf(given).map((call) => response([call])),
    withUsage(response([{ text: '' }], given), given),
  ]
}

function response(parts: object[], finished?: ScriptedAnswer) {
  const finish = finished?.finish ?? 'stop'
  const finishReason = finished && { finishReason: FINISH_REASONS[finish] }
  return { candidates: [{ index: 0, content: { role: 'model', parts }, ...finishReason }] }
}

function withUsage(body: object, { usage = { input: 12, output: 7 } }: ScriptedAnswer): object {
  if (usage === null) return body
  return {
    ...body,
    usageMetadata: {
      promptTokenCount: usage.input,
      candidatesTokenCount: usage.output,
      ...(usage.cached !== undefined && { cachedContentTokenCount: usage.cached }),
    },
  }
}

/** Without ids, as its models mostly call. */
function callsOf({ toolCalls = [] }: ScriptedAnswer): object[] {
  return toolCalls.map(({ name, arguments: args }) => ({
    functionCall: { name, args: typeof args === 'string' ? (JSON.parse(args) as unknown) : args },
  }))
}

/** As many vectors as texts. */
export function geminiEmbeddings({ body }: RecordedRequest, vectorOf: (text: unknown) => number[]) {
  const requests = body['requests'] as { content: { parts: { text: string }[] } }[]
  return {
    embeddings: requests.map(({ content }) => ({ values: vectorOf(content.parts[0]!.text) })),
  }
}
