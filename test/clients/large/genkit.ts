import type { Client, Place } from '../table/client.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, PARAMETERS, readNote } from '../libraries/notes-tool.ts'
import { load } from './load.ts'

interface Ai {
  defineTool(settings: object, run: (asked: { number: number }) => Promise<string>): unknown
  generate(asked: object): Promise<{ text: string }>
  generateStream(asked: object): { stream: AsyncIterable<{ text: string }> }
}

interface Genkit {
  genkit: (settings: object) => Ai
}

interface Compatible {
  openAICompatible: (settings: object) => unknown
}

async function aiAt({ url, key }: Place): Promise<Ai> {
  const { genkit } = await load<Genkit>('genkit')
  const { openAICompatible } = await load<Compatible>('@genkit-ai/compat-oai')
  const settings = { name: 'ares', apiKey: key, baseURL: `${url}/v1` }
  return genkit({ plugins: [openAICompatible(settings)] })
}

const asking = ({ model }: Place, prompt: string) => ({ model: `ares/${model}`, prompt })

export const genkit: Client = {
  name: 'Genkit',
  package: 'genkit',
  words: async (place) => (await (await aiAt(place)).generate(asking(place, HELLO))).text,
  async stream(place) {
    const { stream } = (await aiAt(place)).generateStream(asking(place, HELLO))
    return (await Array.fromAsync(stream)).map(({ text }) => text).join('')
  },
  async tools(place) {
    const ai = await aiAt(place)
    const tool = ai.defineTool(
      { name: NAME, description: DESCRIPTION, inputJsonSchema: PARAMETERS },
      (asked) => Promise.resolve(readNote(asked)),
    )
    return (await ai.generate({ ...asking(place, READ_THE_NOTES), tools: [tool] })).text
  },
}
