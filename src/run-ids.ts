/** What a run is: of an agent, a chat, or a call of one of the compatible surfaces. */
export type RunKind =
  | 'run'
  | 'chat'
  | 'completion'
  | 'text_completion'
  | 'message'
  | 'response'
  | 'generation'
  | 'embedding'

/** Below every id of that millisecond and above all earlier ones. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
