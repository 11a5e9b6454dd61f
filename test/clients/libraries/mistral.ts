import type { ChatCompletionRequestMessage } from '@mistralai/mistralai/models/components'
import type { Client, Place } from '../table/client.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, PARAMETERS, Parameters, readNote } from './notes-tool.ts'

/** It adds `/v1` itself. */
async function chatAt({ url, key }: Place) {
  const { Mistral } = await import('@mistralai/mistralai')
  return new Mistral({ serverURL: url, apiKey: key }).chat
}

const saying = (content: string): ChatCompletionRequestMessage[] => [{ role: 'user', content }]

const TOOLS = [
  {
    type: 'function' as const,
    function: { name: NAME, description: DESCRIPTION, parameters: PARAMETERS },
  },
]

const argumentsOf = ({ arguments: given }: { arguments: unknown }): unknown =>
  typeof given === 'string' ? JSON.parse(given) : given

const textIn = (content: unknown) => (typeof content === 'string' ? content : '')

export const mistral: Client = {
  name: '@mistralai/mistralai',
  package: '@mistralai/mistralai',
  async words(place) {
    const chat = await chatAt(place)
    const { choices } = await chat.complete({ model: place.model, messages: saying(HELLO) })
    return textIn(choices[0]?.message?.content)
  },
  async stream(place) {
    const chat = await chatAt(place)
    const stream = await chat.stream({ model: place.model, messages: saying(HELLO) })
    const chunks = await Array.fromAsync(stream)
    return chunks.map(({ data }) => textIn(data.choices[0]?.delta.content)).join('')
  },
  async tools(place) {
    const chat = await chatAt(place)
    const messages = saying(READ_THE_NOTES)
    for (;;) {
      const { choices } = await chat.complete({ model: place.model, messages, tools: TOOLS })
      const message = choices[0]!.message!
      const calls = message.toolCalls ?? []
      if (calls.length === 0) return textIn(message.content)
      const results = calls.map(({ id, function: called }) => ({
        role: 'tool' as const,
        toolCallId: id!,
        name: called.name,
        content: readNote(Parameters.parse(argumentsOf(called))),
      }))
      messages.push({ ...message, role: 'assistant' }, ...results)
    }
  },
}
