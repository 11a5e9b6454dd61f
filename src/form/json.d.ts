/* What the language has and TypeScript's library does not know yet. */

interface JSON {
  /** A value that `JSON.stringify` writes as that text, which must be JSON of no object and no list. */
  rawJSON(text: string): object
  isRawJSON(value: unknown): boolean
  parse(
    text: string,
    reviver: (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
}
