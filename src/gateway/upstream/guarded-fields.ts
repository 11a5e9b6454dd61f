import type { Allowances } from '../../config/config.ts'
import { type Guard, GUARDED_FIELDS } from '../../config/guarded-fields.ts'
import { asObject, isObject } from '../../providers/json-shape.ts'
import { type Notes, pointerPart } from '../../form/notes.ts'
import { refuseHostedTools, snakeCased } from './hosted-tools.ts'
import { NOT_ALLOWED } from './not-allowed.ts'

/*
 * What the operator pays for, or answers for, without having said so: `config/guarded-fields.ts` has the table. A guarded
 * field passes where `allow_fields` names it, and wherever its value says what holds anyway.
 */

const WHY: Record<Guard, string> = {
  price: `it changes what an answer costs, and ${NOT_ALLOWED}`,
  reach: `it has the provider’s server open addresses or run code, and ${NOT_ALLOWED}`,
}

/** Refuses each guarded field of a request, and each tool that the provider runs, as far as they are not allowed. */
export function refuseGuarded(
  body: Readonly<Record<string, unknown>>,
  { fields }: Allowances,
  notes: Notes,
): void {
  for (const { name, value, at } of fieldsOf(body)) {
    const guarded = Object.hasOwn(GUARDED_FIELDS, name) ? GUARDED_FIELDS[name]! : null
    if (!guarded || fields.includes(name) || isNeutral(value, guarded.neutral)) continue
    if (name === 'modalities' && isTextOnly(value)) continue
    notes.refuse(at, WHY[guarded.guard])
  }
  refuseHostedTools(body, fields, notes)
}

interface NamedField {
  /** As the table has it. */
  name: string
  value: unknown
  at: string
}

/** The fields of a request under the names of the table, whatever their format calls them. */
function fieldsOf(body: Readonly<Record<string, unknown>>): NamedField[] {
  const { responseModalities } = asObject(body['generationConfig'])
  return [
    ...Object.entries(body).map(([field, value]) => ({
      name: snakeCased(field),
      value,
      at: `/${pointerPart(field)}`,
    })),
    { name: 'modalities', value: responseModalities, at: '/generationConfig/responseModalities' },
  ]
}

function isNeutral(value: unknown, neutral: readonly unknown[] = []): boolean {
  if (value === null || value === undefined) return true
  return (Array.isArray(value) && value.length === 0) || neutral.includes(value)
}

function isTextOnly(value: unknown): boolean {
  return Array.isArray(value) && value.every((mode) => /^text$/i.test(String(mode)))
}

/** What is said of an address in a place where the provider's server would open it. */
export const WHY_NO_ADDRESS = `the provider’s server would open this address, and ${NOT_ALLOWED}: send the content itself`

/** Parts that hold their content, or an address of it. */
const CONTENT_FIELDS = new Set(['file_data', 'image', 'video', 'audio'])

/**
 * Whether a field of a message holds an address that the provider's server would open: `image_url`, `fileUri` and what
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
  return field.endsWith('_url') || field === 'fileUri'
}

function isInline(url: unknown): boolean {
  return url === undefined || url === null || (typeof url === 'string' && /^data:/i.test(url))
}
