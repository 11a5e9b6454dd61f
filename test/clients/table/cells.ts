import { MODEL } from '../gateway.ts'
import type { Client, Feature, Place } from './client.ts'
import { GREETING, NOTES } from './note-reader.ts'

/** A column of the table: what answers, and the words that have to be in its answer. */
export interface Column {
  name: string
  model: string
  says: Record<Feature, RegExp>
}

const hello = new RegExp(GREETING.join(''))
const notes = new RegExp(NOTES.join(', '))
const SCRIPTED = { words: hello, stream: hello, tools: notes }

/** The demo may answer in words where it need not call a tool. */
const IN_WORDS = /^Demo model/

export const COLUMNS: Column[] = [
  { name: 'openai-type', model: MODEL.openai, says: SCRIPTED },
  { name: 'anthropic-type', model: MODEL.anthropic, says: SCRIPTED },
  { name: 'gemini-type', model: MODEL.gemini, says: SCRIPTED },
  { name: 'agent', model: 'agent:on-anthropic', says: SCRIPTED },
  {
    name: 'demo',
    model: MODEL.demo,
    says: { words: IN_WORDS, stream: IN_WORDS, tools: IN_WORDS },
  },
]

/** Plays one feature in one column. Throws what went wrong, a wrong answer included. */
export async function play(
  client: Client,
  feature: Feature,
  column: Column,
  place: Omit<Place, 'model'>,
): Promise<void> {
  const said = await client[feature]!({ ...place, model: column.model })
  const expected = column.says[feature]
  if (!expected.test(said)) throw new Error(`it said ${JSON.stringify(said)}, not ${expected}`)
}
