/* How each family of providers writes an answer of any size, without a word of what was used. */

export type Format = 'openai' | 'anthropic' | 'gemini'

export interface Said {
  text?: string
  thoughts?: string
  /** Name and JSON text of the arguments. */
  calls?: [name: string, args: string][]
}

export interface StallingWire {
  /** JSON text of a whole answer. */
  reply(said: Said): string
  /** One event with a piece of text, or of a thought. */
  delta(text: string, thought?: boolean): string
  /** One event, or two, with the beginning of a tool call; all of it where calls are not in pieces. */
  opening(index: number, args: string): string
  /** One event with more of a tool call, or with another. */
  piece(index: number, args: string): string
  /** What may stand after the end and means nothing. */
  nothing: string
  ending: string
}

export const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`

const openAiChoice = (delta: object, finish_reason?: string) =>
  event({ choices: [{ index: 0, delta, ...(finish_reason && { finish_reason }) }] })

const openai: StallingWire = {
  reply({ text = '', thoughts, calls = [] }) {
    const tool_calls = calls.map(([name, args], index) => ({
      id: `call_${index}`,
      type: 'function',
      function: { name, arguments: args },
    }))
    const message = {
      role: 'assistant',
      content: text,
      ...(thoughts && { reasoning_content: thoughts }),
      ...(calls.length > 0 && { tool_calls }),
    }
    const finish_reason = calls.length > 0 ? 'tool_calls' : 'stop'
    return JSON.stringify({ choices: [{ index: 0, message, finish_reason }] })
  },
  delta: (text, thought = false) =>
    openAiChoice({ [thought ? 'reasoning_content' : 'content']: text }),
  opening: (index, args) =>
    openAiChoice({
      tool_calls: [
        { index, id: `call_${index}`, function: { name: 'calculator', arguments: args } },
      ],
    }),
  piece: (index, args) => openAiChoice({ tool_calls: [{ index, function: { arguments: args } }] }),
  nothing: event({ choices: [], usage: {} }),
  ending: `${openAiChoice({}, 'stop')}data: [DONE]\n\n`,
}

const anthropicPiece = (index: number, delta: object) =>
  event({ type: 'content_block_delta', index, delta })

const anthropic: StallingWire = {
  reply({ text = '', thoughts, calls = [] }) {
    const content = [
      ...(thoughts ? [{ type: 'thinking', thinking: thoughts, signature: '' }] : []),
      { type: 'text', text },
      ...calls.map(([name, args], index) => ({
        type: 'tool_use',
        id: `call_${index}`,
        name,
        input: { expression: args },
      })),
    ]
    const stop_reason = calls.length > 0 ? 'tool_use' : 'end_turn'
    return JSON.stringify({ type: 'message', role: 'assistant', content, stop_reason })
  },
  delta: (text, thought = false) =>
    anthropicPiece(
      0,
      thought ? { type: 'thinking_delta', thinking: text } : { type: 'text_delta', text },
    ),
  opening(index, args) {
    const content_block = { type: 'tool_use', id: `call_${index}`, name: 'calculator', input: {} }
    return event({ type: 'content_block_start', index, content_block }) + this.piece(index, args)
  },
  piece: (index, args) => anthropicPiece(index, { type: 'input_json_delta', partial_json: args }),
  nothing: event({ type: 'ping' }),
  ending:
    event({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }) +
    event({ type: 'message_stop' }),
}

const geminiResponse = (parts: object[], finishReason?: string) => ({
  candidates: [
    { index: 0, content: { role: 'model', parts }, ...(finishReason && { finishReason }) },
  ],
})

const geminiCall = (name: string, args: string) => ({
  functionCall: { name, args: { expression: args } },
})

const gemini: StallingWire = {
  reply({ text = '', thoughts, calls = [] }) {
    const parts = [
      ...(thoughts ? [{ text: thoughts, thought: true }] : []),
      { text },
      ...calls.map(([name, args]) => geminiCall(name, args)),
    ]
    return JSON.stringify(geminiResponse(parts, 'STOP'))
  },
  delta: (text, thought = false) => event(geminiResponse([{ text, ...(thought && { thought }) }])),
  opening: (_index, args) => event(geminiResponse([geminiCall('calculator', args)])),
  piece: (_index, args) => event(geminiResponse([geminiCall('calculator', args)])),
  nothing: event({ candidates: [] }),
  ending: event(geminiResponse([{ text: '' }], 'STOP')),
}

/** By the type of the provider. */
export const WIRES: Record<Format, StallingWire> = { openai, anthropic, gemini }
