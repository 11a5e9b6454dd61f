import type { Client, Place } from '../table/client.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, Parameters, readNote } from '../libraries/notes-tool.ts'
import { load } from './load.ts'

interface Agents {
  Agent: new (settings: object) => {
    generate(prompt: string): Promise<{ text: string }>
    stream(prompt: string): Promise<{ textStream: AsyncIterable<string> }>
  }
}

interface Tools {
  createTool: (settings: object) => unknown
}

async function agentAt({ url, key, model }: Place) {
  const { Agent } = await load<Agents>('@mastra/core/agent')
  const { createTool } = await load<Tools>('@mastra/core/tools')
  const read_note = createTool({
    id: NAME,
    description: DESCRIPTION,
    inputSchema: Parameters,
    execute: (asked: { number: number }) => Promise.resolve(readNote(asked)),
  })
  return new Agent({
    id: 'assistant',
    name: 'Assistant',
    instructions: 'Be brief.',
    model: { providerId: 'ares', modelId: model, url: `${url}/v1`, apiKey: key },
    tools: { read_note },
  })
}

export const mastra: Client = {
  name: 'Mastra',
  package: '@mastra/core',
  words: async (place) => (await (await agentAt(place)).generate(HELLO)).text,
  async stream(place) {
    const { textStream } = await (await agentAt(place)).stream(HELLO)
    return (await Array.fromAsync(textStream)).join('')
  },
  tools: async (place) => (await (await agentAt(place)).generate(READ_THE_NOTES)).text,
}
