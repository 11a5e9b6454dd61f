import type { Notes } from '../../form/notes.ts'
import type { ModelRequest, ToolChoice, ToolSpec } from '../../form/request.ts'

export type ToolSettings = Pick<ModelRequest, 'tools' | 'toolChoice' | 'parallelToolCalls'>

/** What a client says of its tools, in the words of the one form. */
export interface OfferedTools {
  tools: ToolSpec[]
  choice: ToolChoice | undefined
  /** False: one call at a time. Whatever is no boolean says nothing. */
  parallel: unknown
  /** Where the choice stands in the client's request. */
  choiceAt?: string
}

/** Where tools of a surface are read. */
export interface Offering {
  /** The model may do without tools, so that one fewer is no other answer. */
  isFree: boolean
  notes: Notes
}

/** Tools and how the model may choose among them. Without any tool there is nothing to choose. */
export function toolSettingsOf(
  { tools, choice, parallel, choiceAt = '/tool_choice' }: OfferedTools,
  notes: Notes,
): ToolSettings {
  if (tools.length === 0) {
    if (choice === 'required' || typeof choice === 'object') {
      notes.refuse(choiceAt, 'there is no tool to be called')
    }
    return {}
  }
  return {
    tools,
    ...(choice !== undefined && { toolChoice: choice }),
    ...(typeof parallel === 'boolean' && { parallelToolCalls: parallel }),
  }
}

/** A tool of a provider's own, such as its search in the web, which has no counterpart elsewhere. */
export function passOver(at: string, { isFree, notes }: Offering, why?: string): [] {
  if (isFree) notes.leaveOut(at)
  else notes.refuse(`${at}/type`, why)
  return []
}
