import type { Allowances } from '../../config/config.ts'
import { CLIENT_TOOLS, HOSTED_TOOLS } from '../../config/guarded-fields.ts'
import type { Notes } from '../../form/notes.ts'
import { asObject, isObject } from '../../providers/json-shape.ts'
import { NOT_ALLOWED } from './not-allowed.ts'

/*
 * Tools that a provider runs, at a price of its own. OpenAI's and Anthropic's formats say them by the `type` of a tool;
 * in Google's each field of a tool is one (`googleSearch`), beside `functionDeclarations`.
 */

type Fields = Readonly<Record<string, unknown>>
type Allowed = Allowances['fields']

const WHY_HOSTED = `the provider runs this tool at a price of its own, and ${NOT_ALLOWED}`

/** `googleSearch` is `google_search`; what is written so already stays. */
export function snakeCased(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** While the model may do without tools, one fewer is no other answer: then they are left out (`withoutHostedTools`). */
export function refuseHostedTools(body: Fields, allowed: Allowed, notes: Notes): void {
  const { tools } = body
  if (!Array.isArray(tools) || allowed.includes(HOSTED_TOOLS) || isFree(body)) return
  tools.forEach((tool: unknown, index) => {
    for (const field of hostedIn(tool, allowed)) {
      notes.refuse(`/${HOSTED_TOOLS}/${index}/${field}`, WHY_HOSTED)
    }
  })
}

/** Whether a request, in any format, lets the model do without tools. */
function isFree({ tool_choice: choice, toolConfig }: Fields): boolean {
  const given = choice ?? asObject(asObject(toolConfig)['functionCallingConfig'])['mode']
  const mode = isObject(given) ? given['type'] : (given ?? 'auto')
  return FREE.has(mode)
}

const FREE = new Set<unknown>(['auto', 'none', 'AUTO', 'NONE', 'VALIDATED', 'MODE_UNSPECIFIED'])

/** The fields of a tool that say what the provider runs, as far as it is not allowed. */
function hostedIn(tool: unknown, allowed: Allowed): string[] {
  if (!isObject(tool)) return []
  const { type } = tool
  if (typeof type === 'string') return isHosted(type, allowed) ? ['type'] : []
  // A tool of the client's own has a name in every other format.
  if ('name' in tool || 'function' in tool) return []
  return Object.entries(tool)
    .filter(([field, value]) => (value ?? null) !== null && isHosted(snakeCased(field), allowed))
    .map(([field]) => field)
}

function isHosted(type: string, allowed: Allowed): boolean {
  const name = type.replace(/_\d{8}$/, '')
  if (CLIENT_TOOLS.has(name)) return false
  return ![name, type].some((known) => allowed.includes(`${HOSTED_TOOLS}.${known}`))
}

/**
 * The request without the tools that the provider runs, as far as they are not allowed; each is noted as left out. Where
 * none is left nothing is said of a choice either.
 */
export function withoutHostedTools<T extends Fields>(
  body: T,
  { fields: allowed }: Allowances,
  notes: Notes,
): T | Omit<T, 'tools' | 'tool_choice' | 'toolConfig'> {
  const { tools, tool_choice: _, toolConfig: __, ...rest } = body
  if (!Array.isArray(tools) || allowed.includes(HOSTED_TOOLS)) return body
  const kept = tools.flatMap((tool: unknown, index) =>
    withoutHosted(tool, hostedIn(tool, allowed), `/${HOSTED_TOOLS}/${index}`, notes),
  )
  if (kept.length === tools.length && kept.every((tool, index) => tool === tools[index]))
    return body
  return kept.length === 0 ? rest : { ...body, tools: kept }
}

function withoutHosted(tool: unknown, hosted: string[], at: string, notes: Notes): unknown[] {
  if (hosted.length === 0) return [tool]
  if (hosted.includes('type')) {
    notes.leaveOut(at)
    return []
  }
  for (const field of hosted) notes.leaveOut(`${at}/${field}`)
  const own = Object.entries(asObject(tool)).filter(([field]) => !hosted.includes(field))
  return own.length === 0 ? [] : [Object.fromEntries(own)]
}
