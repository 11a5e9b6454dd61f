/** Where a client is pointed. */
export interface Place {
  /** The origin of the gateway. */
  url: string
  key: string
  /** A model, or `agent:` and a name. */
  model: string
}

/** What is tried of every client that has it. */
export const FEATURES = ['words', 'stream', 'tools'] as const

export type Feature = (typeof FEATURES)[number]

/**
 * A client that people use, under a row of the table. Each feature answers with the words that its user gets.
 *
 * `words` and `stream` say hello. `tools` asks for the notes, with a tool to read one.
 */
export interface Client extends Partial<Record<Feature, (place: Place) => Promise<string>>> {
  /** As people call it, and the surface where it speaks several. */
  name: string
  /** The package whose version the table tells. */
  package: string
}
