import type { Notes } from '../../form/notes.ts'
import type { Part } from '../../form/parts.ts'
import { type ModelRequest, placeOf, type Settings } from '../../form/request.ts'
import { ownExtras } from '../extras.ts'

/** What the demo model has no notion of. */
const UNKNOWN: readonly (keyof Settings)[] = ['topK', 'stop']
/** What it need not be told: its answers are computed. */
const NO_MATTER: readonly (keyof Settings)[] = ['thinking']

/** Tells what the demo model makes nothing of. */
export function reviewDemoCall(call: ModelRequest, notes: Notes): void {
  for (const setting of UNKNOWN) if (call[setting]) notes.refuse(placeOf(call, setting))
  for (const setting of NO_MATTER) if (call[setting]) notes.leaveOut(placeOf(call, setting))
  for (const { parts } of call.messages) reviewParts(parts, notes)
  ownExtras(call, 'demo', notes)
}

function reviewParts(parts: readonly Part[], notes: Notes): void {
  for (const part of parts) {
    notes.leaveOut(part.cache?.at)
    if (part.type === 'tool_result') reviewParts(part.content, notes)
  }
}
