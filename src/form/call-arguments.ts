/**
 * The arguments of an earlier call, as every server takes them: JSON text, `{}` for what is none. A model leaves them out
 * where a tool takes nothing, and an answer may have been cut off in the middle of them; a server that reads them again
 * refuses the whole conversation then, each time.
 */
export function jsonArguments(text: string): string {
  try {
    JSON.parse(text)
    return text
  } catch {
    return '{}'
  }
}
