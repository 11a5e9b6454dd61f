import type { ChatMessages } from '@openrouter/sdk/models'
import type { Client, Place } from '../table/client.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, PARAMETERS, readNoteAsked } from './notes-tool.ts'

async function chatAt({ url, key }: Place) {
  const { OpenRouter } = await import('@openrouter/sdk')
  const retryConfig = { strategy: 'none' as const }
  return new OpenRouter({ serverURL: `${url}/v1`, apiKey: key, retryConfig }).chat
}

const saying = (content: string): ChatMessages[] => [{ role: 'user', content }]

const TOOLS = [
  {
    type: 'function' as const,
    function: { name: NAME, description: DESCRIPTION, parameters: PARAMETERS },
  },
]

const textIn = (content: unknown) => (typeof content === 'string' ? content : '')

async function completionAt(place: Place, messages: ChatMessages[], tools?: typeof TOOLS) {
  const chatRequest = { model: place.model, messages, stream: false as const, tools }
  const completion = await (await chatAt(place)).send({ chatRequest })
  if (!('choices' in completion)) throw new Error('not a completion')
  return completion.choices[0]!.message
}

export const openRouter: Client = {
  name: '@openrouter/sdk',
  package: '@openrouter/sdk',
  words: async (place) => textIn((await completionAt(place, saying(HELLO))).content),
  async stream(place) {
    const chatRequest = { model: place.model, messages: saying(HELLO), stream: true as const }
    const stream = await (await chatAt(place)).send({ chatRequest })
    if ('choices' in stream) throw new Error('not a stream')
    const chunks = await Array.fromAsync(stream)
    return chunks.map(({ choices }) => textIn(choices[0]?.delta.content)).join('')
  },
  async tools(place) {
    const messages = saying(READ_THE_NOTES)
    for (;;) {
      const message = await completionAt(place, messages, TOOLS)
      const calls = message.toolCalls ?? []
      if (calls.length === 0) return textIn(message.content)
      const results = calls.map(({ id, function: called }) => ({
        role: 'tool' as const,
        toolCallId: id,
        content: readNoteAsked(called.arguments),
      }))
      messages.push(message, ...results)
    }
  },
}
