import type {
  CallableTool,
  Chat,
  GenerateContentConfig,
  GoogleGenAI,
  Part,
  PartListUnion,
} from '@google/genai'
import type { Client, Place } from '../table/client.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, PARAMETERS, readNote } from './notes-tool.ts'

async function googleAt({ url, key }: Place): Promise<GoogleGenAI> {
  const { GoogleGenAI } = await import('@google/genai')
  return new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } })
}

const asking = ({ model }: Place, contents: string) => ({ model, contents })

const DECLARATIONS = {
  functionDeclarations: [
    { name: NAME, description: DESCRIPTION, parametersJsonSchema: PARAMETERS },
  ],
}

/** For the loop that the library has itself, which asks until nothing more is called. */
const NOTES_TOOL: CallableTool = {
  tool: () => Promise.resolve(DECLARATIONS),
  callTool: (calls) =>
    Promise.resolve(
      calls.map(({ id, name, args }): Part => {
        const response = { output: readNote(args as { number: number }) }
        return { functionResponse: { ...(id && { id }), name: name!, response } }
      }),
    ),
}

/** With the loop of the library. */
export const googleGenAi: Client = {
  name: '@google/genai',
  package: '@google/genai',
  async words(place) {
    const { models } = await googleAt(place)
    return (await models.generateContent(asking(place, HELLO))).text ?? ''
  },
  async stream(place) {
    const { models } = await googleAt(place)
    let text = ''
    for await (const piece of await models.generateContentStream(asking(place, HELLO)))
      text += piece.text ?? ''
    return text
  },
  async tools(place) {
    const { models } = await googleAt(place)
    const config = { tools: [NOTES_TOOL] }
    const answer = await models.generateContent({ ...asking(place, READ_THE_NOTES), config })
    return answer.text ?? ''
  },
}

async function chatAt(place: Place, config: GenerateContentConfig = {}): Promise<Chat> {
  const { chats } = await googleAt(place)
  return chats.create({ model: place.model, config })
}

async function partsSaid(chat: Chat, message: PartListUnion): Promise<Part[]> {
  const parts: Part[] = []
  for await (const { candidates } of await chat.sendMessageStream({ message }))
    parts.push(...(candidates?.[0]?.content?.parts ?? []))
  return parts
}

const textIn = (parts: Part[]) => parts.map(({ text }) => text ?? '').join('')

/** Its chats, which send back the very pieces that came; tools are called by a loop of one's own. */
export const googleChats: Client = {
  name: '@google/genai, chats',
  package: '@google/genai',
  words: async (place) => (await (await chatAt(place)).sendMessage({ message: HELLO })).text ?? '',
  stream: async (place) => textIn(await partsSaid(await chatAt(place), HELLO)),
  async tools(place) {
    const chat = await chatAt(place, { tools: [DECLARATIONS] })
    let parts = await partsSaid(chat, READ_THE_NOTES)
    for (;;) {
      const calls = parts.flatMap(({ functionCall }) => functionCall ?? [])
      if (calls.length === 0) return textIn(parts)
      parts = await partsSaid(chat, await NOTES_TOOL.callTool(calls))
    }
  },
}
