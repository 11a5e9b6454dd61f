import type { Notes } from '../../form/notes.ts'

/** What a surface has to know to write a request for a provider of its own wire. */
export interface NativeAsk {
  notes: Notes
  /** Whether the answer will be kept here, to be gone on from. */
  keeps: boolean
  /** Whether the operator says that the model thinks; undefined when nobody says. */
  thinks: boolean | undefined
}

/** Tells an answer that is relayed, and kept here, as one of ours: what its provider calls it nobody could ask for. */
export interface Retelling {
  /** A whole answer. */
  reply(body: Readonly<Record<string, unknown>>): object
  /** Whole events of a stream. */
  events(bytes: Uint8Array): Uint8Array
  /** The whole answer as it was told last; undefined before a stream has told it. */
  readonly whole: object | undefined
}
