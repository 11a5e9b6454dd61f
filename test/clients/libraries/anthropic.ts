import type { Client, Place } from '../table/client.ts'
import { IN_PAGES } from './in-pages.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, Parameters, readNote } from './notes-tool.ts'

async function anthropicAt({ url, key }: Place) {
  const { Anthropic } = await import('@anthropic-ai/sdk')
  return new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0, ...IN_PAGES })
}

const asking = ({ model }: Place, content: string) => ({
  model,
  max_tokens: 1000,
  messages: [{ role: 'user' as const, content }],
})

const textIn = (blocks: { type: string; text?: string }[]) =>
  blocks.map(({ text }) => text ?? '').join('')

export const anthropic: Client = {
  name: '@anthropic-ai/sdk',
  package: '@anthropic-ai/sdk',
  async words(place) {
    const { messages } = await anthropicAt(place)
    return textIn((await messages.create(asking(place, HELLO))).content)
  },
  async stream(place) {
    const { messages } = await anthropicAt(place)
    return messages.stream(asking(place, HELLO)).finalText()
  },
  async tools(place) {
    const { betaZodTool } = await import('@anthropic-ai/sdk/helpers/beta/zod')
    const { beta } = await anthropicAt(place)
    const tool = betaZodTool({
      name: NAME,
      description: DESCRIPTION,
      inputSchema: Parameters,
      run: readNote,
    })
    const runner = beta.messages.toolRunner({ ...asking(place, READ_THE_NOTES), tools: [tool] })
    return textIn((await runner.runUntilDone()).content)
  },
}
