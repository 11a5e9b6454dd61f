import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { Client, Place } from '../table/client.ts'
import { IN_PAGES } from './in-pages.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, Parameters, readNote } from './notes-tool.ts'

/** LangGraph's agent on one of LangChain's models. */
function langGraph(name: string, modelAt: (place: Place) => Promise<BaseChatModel>): Client {
  return {
    name,
    package: '@langchain/langgraph',
    words: async (place) => (await (await modelAt(place)).invoke(HELLO)).text,
    async stream(place) {
      const chunks = await Array.fromAsync(await (await modelAt(place)).stream(HELLO))
      return chunks.map(({ text }) => text).join('')
    },
    async tools(place) {
      const { createReactAgent } = await import('@langchain/langgraph/prebuilt')
      const { tool } = await import('@langchain/core/tools')
      const read = tool(readNote, { name: NAME, description: DESCRIPTION, schema: Parameters })
      const agent = createReactAgent({ llm: await modelAt(place), tools: [read] })
      const messages = [{ role: 'user', content: READ_THE_NOTES }]
      return (await agent.invoke({ messages })).messages.at(-1)?.text ?? ''
    },
  }
}

export const langGraphs: Client[] = [
  langGraph('LangGraph with @langchain/openai', async ({ url, key, model }) => {
    const { ChatOpenAI } = await import('@langchain/openai')
    const configuration = { baseURL: `${url}/v1`, ...IN_PAGES }
    return new ChatOpenAI({ model, apiKey: key, maxRetries: 0, configuration })
  }),
  langGraph('LangGraph with @langchain/openai, responses', async ({ url, key, model }) => {
    const { ChatOpenAI } = await import('@langchain/openai')
    const configuration = { baseURL: `${url}/v1`, ...IN_PAGES }
    return new ChatOpenAI({
      model,
      apiKey: key,
      maxRetries: 0,
      configuration,
      useResponsesApi: true,
    })
  }),
  langGraph('LangGraph with @langchain/anthropic', async ({ url, key, model }) => {
    const { ChatAnthropic } = await import('@langchain/anthropic')
    return new ChatAnthropic({
      model,
      apiKey: key,
      maxRetries: 0,
      anthropicApiUrl: url,
      clientOptions: IN_PAGES,
    })
  }),
]
