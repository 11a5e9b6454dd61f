import type { ChatCompletionMessageParam } from 'openai/resources'
import type { Client, Place } from '../table/client.ts'
import { IN_PAGES } from './in-pages.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, PARAMETERS, readNote } from './notes-tool.ts'

async function chatAt({ url, key }: Place) {
  const { OpenAI } = await import('openai')
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0, ...IN_PAGES }).chat
    .completions
}

const saying = (content: string): ChatCompletionMessageParam[] => [{ role: 'user', content }]

export const openAiChat: Client = {
  name: 'openai, chat completions',
  package: 'openai',
  async words(place) {
    const chat = await chatAt(place)
    const completion = await chat.create({ model: place.model, messages: saying(HELLO) })
    return completion.choices[0]?.message.content ?? ''
  },
  async stream(place) {
    const chat = await chatAt(place)
    const asked = { model: place.model, messages: saying(HELLO), stream: true } as const
    const chunks = await Array.fromAsync(await chat.create(asked))
    return chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
  },
  async tools(place) {
    const chat = await chatAt(place)
    const runner = chat.runTools({
      model: place.model,
      messages: saying(READ_THE_NOTES),
      tools: [
        {
          type: 'function',
          function: {
            name: NAME,
            description: DESCRIPTION,
            parameters: PARAMETERS,
            parse: (json: string) => JSON.parse(json) as { number: number },
            function: readNote,
          },
        },
      ],
    })
    return (await runner.finalContent()) ?? ''
  },
}
