import type { ResponseInput } from 'openai/resources/responses/responses'
import type { Client, Place } from '../table/client.ts'
import { IN_PAGES } from './in-pages.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, PARAMETERS, readNoteAsked } from './notes-tool.ts'

async function responsesAt({ url, key }: Place) {
  const { OpenAI } = await import('openai')
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0, ...IN_PAGES }).responses
}

const TOOLS = [
  {
    type: 'function' as const,
    name: NAME,
    description: DESCRIPTION,
    parameters: PARAMETERS,
    strict: true,
  },
]

export const openAiResponses: Client = {
  name: 'openai, responses',
  package: 'openai',
  async words(place) {
    const responses = await responsesAt(place)
    return (await responses.create({ model: place.model, input: HELLO })).output_text
  },
  async stream(place) {
    const stream = (await responsesAt(place)).stream({ model: place.model, input: HELLO })
    const said: string[] = []
    stream.on('response.output_text.delta', ({ delta }) => said.push(delta))
    await stream.finalResponse()
    return said.join('')
  },
  // Goes on from what is kept, as OpenAI's documents show it.
  async tools(place) {
    const responses = await responsesAt(place)
    const { model } = place
    let response = await responses.create({ model, input: READ_THE_NOTES, tools: TOOLS })
    for (;;) {
      const input: ResponseInput = response.output.flatMap((item) =>
        item.type === 'function_call'
          ? {
              type: 'function_call_output' as const,
              call_id: item.call_id,
              output: readNoteAsked(item.arguments),
            }
          : [],
      )
      if (input.length === 0) return response.output_text
      const previous_response_id = response.id
      response = await responses.create({ model, input, previous_response_id, tools: TOOLS })
    }
  },
}
