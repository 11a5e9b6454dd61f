import type { LanguageModel } from 'ai'
import type { Client, Place } from '../table/client.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, Parameters, readNote } from './notes-tool.ts'

/** Vercel's AI SDK on one of its providers. */
export function aiSdk(
  name: string,
  from: string,
  modelAt: (place: Place) => Promise<LanguageModel>,
): Client {
  const asking = async (place: Place, prompt: string) => ({
    model: await modelAt(place),
    prompt,
    maxRetries: 0,
  })
  return {
    name,
    package: from,
    async words(place) {
      const { generateText } = await import('ai')
      return (await generateText(await asking(place, HELLO))).text
    },
    async stream(place) {
      const { streamText } = await import('ai')
      return streamText(await asking(place, HELLO)).text
    },
    async tools(place) {
      const { isStepCount, streamText, tool } = await import('ai')
      const read_note = tool({
        description: DESCRIPTION,
        inputSchema: Parameters,
        execute: readNote,
      })
      return streamText({
        ...(await asking(place, READ_THE_NOTES)),
        tools: { read_note },
        stopWhen: isStepCount(5),
      }).text
    },
  }
}

const settings = ({ url, key }: Place) => ({ baseURL: `${url}/v1`, apiKey: key })

export const aiSdks: Client[] = [
  aiSdk('ai with @ai-sdk/openai-compatible', '@ai-sdk/openai-compatible', async (place) => {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
    return createOpenAICompatible({ name: 'ares', ...settings(place) })(place.model)
  }),
  // Its default is responses that are kept.
  aiSdk('ai with @ai-sdk/openai, responses', '@ai-sdk/openai', async (place) => {
    const { createOpenAI } = await import('@ai-sdk/openai')
    return createOpenAI(settings(place))(place.model)
  }),
  aiSdk('ai with @ai-sdk/openai, chat completions', '@ai-sdk/openai', async (place) => {
    const { createOpenAI } = await import('@ai-sdk/openai')
    return createOpenAI(settings(place)).chat(place.model)
  }),
  aiSdk('ai with @ai-sdk/anthropic', '@ai-sdk/anthropic', async (place) => {
    const { createAnthropic } = await import('@ai-sdk/anthropic')
    return createAnthropic(settings(place))(place.model)
  }),
]
