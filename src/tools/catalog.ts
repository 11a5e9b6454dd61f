import type { BUILT_IN_TOOLS } from '../config/read-config.ts'
import { calculator } from './calculator.ts'
import type { Tool } from './tool.ts'

/** The tools an agent may be given. */
export interface ToolCatalog {
  /** Every tool name, sorted. */
  names(): string[]
  find(name: string): Tool | undefined
  /** These tools in the order given; names that do not exist are left out. */
  select(names: readonly string[]): Tool[]
}

const BUILT_IN: Record<(typeof BUILT_IN_TOOLS)[number], Tool> = { calculator }

/** The tools built into the server. */
export function toolCatalog(): ToolCatalog {
  const tools = new Map<string, Tool>(Object.entries(BUILT_IN))
  return {
    names: () => [...tools.keys()].toSorted(),
    find: (name) => tools.get(name),
    select: (names) => names.flatMap((name) => tools.get(name) ?? []),
  }
}
