/** The part of a body's reader that is used here; Bun's own type and the standard one disagree about the rest. */
export interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
  cancel(): Promise<void>
}
