import type { Allowances } from '../../config/config.ts'
import {
  CLIENT_TOOLS,
  type Guard,
  GUARDED_FIELDS,
  HOSTED_TOOLS,
} from '../../config/guarded-fields.ts'
import { isObject } from '../../providers/json-shape.ts'
import { type Notes, pointerPart } from '../../form/notes.ts'

/*
 * What the operator pays for, or answers for, without having said so: `config/guarded-fields.ts` has the table. A guarded
 * field passes where `allow_fields` names it, and wherever its value says what holds anyway.
 */

const NOT_ALLOWED = 'this provider’s operator has not allowed it here'

const WHY: Record<Guard, string> = {
  price: `it changes what an answer costs, and ${NOT_ALLOWED}`,
  reach: `it has the provider’s server open addresses or run code, and ${NOT_ALLOWED}`,
}

const WHY_HOSTED = `the provider runs this tool at a price of its own, and ${NOT_ALLOWED}`

/** Refuses each guarded field of a request, and each tool that the provider runs, as far as they are not allowed. */
export function refuseGuarded(
  body: Readonly<Record<string, unknown>>,
  { fields }: Allowances,
  notes: Notes,
): void {
  for (const [field, value] of Object.entries(body)) {
    const guarded = Object.hasOwn(GUARDED_FIELDS, field) ? GUARDED_FIELDS[field]! : null
    if (!guarded || fields.includes(field) || isNeutral(value, guarded.neutral)) continue
    if (field === 'modalities' && isTextOnly(value)) continue
    notes.refuse(`/${pointerPart(field)}`, WHY[guarded.guard])
  }
  if (!fields.includes(HOSTED_TOOLS)) refuseHostedTools(body, fields, notes)
}

function isNeutral(value: unknown, neutral: readonly unknown[] = []): boolean {
  if (value === null || value === undefined) return true
  return (Array.isArray(value) && value.length === 0) || neutral.includes(value)
}

function isTextOnly(value: unknown): boolean {
  return Array.isArray(value) && value.every((mode) => mode === 'text')
}

/** While the model may do without tools, one fewer is no other answer: then they are left out (`withoutHostedTools`). */
function refuseHostedTools(
  { tools, tool_choice: choice }: Readonly<Record<string, unknown>>,
  allowed: Allowances['fields'],
  notes: Notes,
): void {
  if (!Array.isArray(tools) || isFree(choice)) return
  tools.forEach((tool: unknown, index) => {
    if (isHosted(tool, allowed)) notes.refuse(`/${HOSTED_TOOLS}/${index}/type`, WHY_HOSTED)
  })
}

/** Whether a choice, in any format, lets the model do without tools. */
function isFree(choice: unknown): boolean {
  const mode = isObject(choice) ? choice['type'] : (choice ?? 'auto')
  return mode === 'auto' || mode === 'none'
}

function isHosted(tool: unknown, allowed: Allowances['fields']): boolean {
  const type = isObject(tool) ? tool['type'] : undefined
  if (typeof type !== 'string') return false
  const name = type.replace(/_\d{8}$/, '')
  if (CLIENT_TOOLS.has(name)) return false
  return ![name, type].some((known) => allowed.includes(`${HOSTED_TOOLS}.${known}`))
}

/**
 * The request without the tools that the provider runs, as far as they are not allowed; each is noted as left out. Where
 * none is left nothing is said of a choice either.
 */
export function withoutHostedTools<T extends Readonly<Record<string, unknown>>>(
  body: T,
  { fields }: Allowances,
  notes: Notes,
): T | Omit<T, 'tools' | 'tool_choice'> {
  const { tools, tool_choice: _, ...rest } = body
  if (!Array.isArray(tools) || fields.includes(HOSTED_TOOLS)) return body
  const kept = tools.filter((tool: unknown, index) => {
    const hosted = isHosted(tool, fields)
    if (hosted) notes.leaveOut(`/${HOSTED_TOOLS}/${index}`)
    return !hosted
  })
  if (kept.length === tools.length) return body
  return kept.length === 0 ? rest : { ...body, tools: kept }
}

/** What is said of an address in a place where the provider's server would open it. */
export const WHY_NO_ADDRESS = `the provider’s server would open this address, and ${NOT_ALLOWED}: send the content itself`

/** Parts that hold their content, or an address of it. */
const CONTENT_FIELDS = new Set(['file_data', 'image', 'video', 'audio'])

/**
 * Whether a field of a message holds an address that the provider's server would open: `image_url`, `file_url` and what
 * else is named like them, whether as text or with a `url` inside; a `source` of type `url`; and content that is none.
 */
export function isRemoteMedia(field: string, value: unknown): boolean {
  if (isObject(value)) {
    const holdsUrl = isAddressField(field) || (field === 'source' && value['type'] === 'url')
    return holdsUrl && !isInline(value['url'])
  }
  if (typeof value !== 'string') return false
  if (isAddressField(field)) return !isInline(value)
  return CONTENT_FIELDS.has(field) && /^\s*[a-z][a-z0-9+.-]*:\/\//i.test(value)
}

function isAddressField(field: string): boolean {
  return field.endsWith('_url')
}

function isInline(url: unknown): boolean {
  return url === undefined || url === null || (typeof url === 'string' && /^data:/i.test(url))
}
