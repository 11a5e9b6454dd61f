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

/** The tools built into the server. */
export function toolCatalog(): ToolCatalog {
  const tools = new Map<string, Tool>([[calculator.name, calculator]])
  return {
    names: () => [...tools.keys()].toSorted(),
    find: (name) => tools.get(name),
    select: (names) => names.flatMap((name) => tools.get(name) ?? []),
  }
}
