/* How a server with OpenAI's Responses API writes an answer. */

/** What is said in one. */
export interface ResponseSaid {
  thought?: string
  /** On the thought. */
  seal?: string
  /** The text in pieces. */
  texts: string[]
  calls: { id: string; name: string; args: string }[]
  /** Why it is incomplete. */
  cutOff?: 'max_output_tokens' | 'content_filter' | undefined
  usage?: object | undefined
}

/** Ids as that server gives them: longer than ours. */
export const THEIR_RESPONSE = `resp_${'68'.repeat(24)}`
const theirId = (kind: string, index: number) => `${kind}_${'68'.repeat(24)}${index}`

interface Item extends Record<string, unknown> {
  id: string
  type: string
}

function itemsOf({ thought, seal, texts, calls }: ResponseSaid): Item[] {
  const items: (Record<string, unknown> & { type: string })[] = []
  if (thought !== undefined) {
    const summary = [{ type: 'summary_text', text: thought }]
    items.push({ type: 'reasoning', summary, encrypted_content: seal ?? null })
  }
  if (texts.length > 0) {
    const part = { type: 'output_text', text: texts.join(''), annotations: [], logprobs: [] }
    items.push({ type: 'message', status: 'completed', role: 'assistant', content: [part] })
  }
  for (const { id, name, args } of calls) {
    const call = { call_id: id, name, arguments: args }
    items.push({ type: 'function_call', status: 'completed', ...call })
  }
  return items.map((item, index) => ({ ...item, id: theirId(KINDS[item.type] ?? '', index) }))
}

const KINDS: Record<string, string> = { reasoning: 'rs', message: 'msg', function_call: 'fc' }

/** A whole response. */
export function responseBody(model: unknown, said: ResponseSaid): object {
  return {
    ...headOf(model),
    status: said.cutOff ? 'incomplete' : 'completed',
    incomplete_details: said.cutOff ? { reason: said.cutOff } : null,
    output: itemsOf(said),
    usage: said.usage ?? null,
  }
}

function headOf(model: unknown) {
  const head = { id: THEIR_RESPONSE, object: 'response', created_at: 1_790_000_000, error: null }
  return { ...head, model, previous_response_id: null, store: false, of_tomorrow: { yes: true } }
}

/** The events of a streamed one, each with its blank line. */
export function responseEvents(model: unknown, said: ResponseSaid): string[] {
  let sequence_number = 0
  const event = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence_number++, ...fields })}\n\n`
  const begun = { ...headOf(model), status: 'in_progress', output: [], usage: null }
  return [
    event('response.created', { response: begun }),
    event('response.in_progress', { response: begun }),
    ...itemsOf(said).flatMap((item, output_index) => [
      event('response.output_item.added', { output_index, item: emptied(item) }),
      ...deltasOf(item, said).map(([type, delta]) =>
        event(type, { item_id: item.id, output_index, delta }),
      ),
      event('response.output_item.done', { output_index, item }),
    ]),
    event(said.cutOff ? 'response.incomplete' : 'response.completed', {
      response: responseBody(model, said),
    }),
  ]
}

function emptied(item: Item): Item {
  if (item.type === 'function_call') return { ...item, arguments: '' }
  return { ...item, ...(item.type === 'message' ? { content: [] } : { summary: [] }) }
}

function deltasOf(item: Item, { thought = '', texts }: ResponseSaid): [string, string][] {
  if (item.type === 'message') return texts.map((text) => ['response.output_text.delta', text])
  const [type, text] =
    item.type === 'reasoning'
      ? ['response.reasoning_summary_text.delta', thought]
      : ['response.function_call_arguments.delta', String(item['arguments'])]
  const middle = Math.ceil(text.length / 2)
  return [
    [type, text.slice(0, middle)],
    [type, text.slice(middle)],
  ]
}
