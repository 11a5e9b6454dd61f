import type { Allowances } from '../../config/config.ts'
import { isObject } from '../../providers/json-shape.ts'
import { Notes, pointerPart } from '../../form/notes.ts'
import { isRemoteMedia, refuseGuarded, WHY_NO_ADDRESS } from './guarded-fields.ts'

/*
 * A provider keeps files, containers, earlier answers and the like under the key that asked for them: the operator's,
 * which all tenants share. A request that is relayed as it was written could name what another tenant has put there, or
 * leave something there itself. Such fields are refused by name, whether the thing exists or not.
 *
 * What brings its content along passes. Addresses, and what else reaches or costs more than tokens, pass where the
 * operator allows them (`guarded-fields.ts`).
 *
 * Nor may a request name models beside `model`: the one that is asked for is what a key is held to, and what is priced.
 */

const WHY =
  'a provider would keep this for all tenants alike: send the whole conversation and the content itself'

/** Fields of the request that name what is kept, in either format. */
const NAMES = [
  'previous_response_id',
  'conversation',
  'conversation_id',
  'thread',
  'thread_id',
  'preset',
  'user_profile_id',
  'workspace_id',
  'cachedContent',
]

const WHY_ONE_MODEL = 'the model asked for is the one that answers'

/** Fields by which a provider may let another model answer, in the habits of routers and of Anthropic. */
const OTHER_MODELS = ['models', 'route', 'fallbacks', 'fallback_models']

/** What names files, wherever it stands in a message or a tool. */
const FILES = new Set([
  'file_id',
  'file_ids',
  'vector_store_ids',
  'cached_content',
  'fileSearchStoreNames',
])

/** The client's and the model's own JSON, whose fields may be called anything. */
const OPAQUE = new Set([
  'input',
  'input_schema',
  'input_examples',
  'parameters',
  'arguments',
  'args',
  'response',
  'parametersJsonSchema',
  'responseJsonSchema',
])

/** Where messages and parts of them stand, in any of the formats. */
const SEARCHED = [
  'messages',
  'input',
  'system',
  'tools',
  'audio',
  'extra_body',
  'contents',
  'systemInstruction',
]

/** Addresses of what Google keeps under the key that put it there. */
const KEPT_BY_GOOGLE = /^(?:gs:\/\/|files\/|https:\/\/generativelanguage\.googleapis\.com\/)/i

/**
 * Looks for what a provider would keep, or has kept, under the operator's key, for models beside the one asked for, and
 * for what the provider's operator has not allowed.
 *
 * @param body as the client wrote it, in any format
 * @param notes that know of nothing to be refused yet
 * @throws AresError `invalid` that names every such field
 */
export function refuseInRelays(
  body: Readonly<Record<string, unknown>>,
  allows: Allowances,
  notes: Notes = new Notes(),
): void {
  refuseGuarded(body, allows, notes)
  for (const name of NAMES) if (says(body[name])) notes.refuse(`/${name}`, WHY)
  for (const name of OTHER_MODELS) {
    if (says(body[name])) notes.refuse(`/${name}`, WHY_ONE_MODEL)
  }
  // A kept one is named by an object; the legacy completions say their own text there.
  if (isObject(body['prompt'])) notes.refuse('/prompt', WHY)
  if (says(body['store']) && body['store'] !== false) notes.refuse('/store', WHY)
  refuseContainer(body['container'], notes)
  const { diagnostics } = body
  if (isObject(diagnostics) && says(diagnostics['previous_message_id'])) {
    notes.refuse('/diagnostics/previous_message_id', WHY)
  }
  for (const field of SEARCHED) {
    refuseWithin(field, body[field], { path: `/${field}`, notes, allows })
  }
  notes.throwIfAny()
}

/** A new container may be asked for, with skills that everybody has. */
function refuseContainer(container: unknown, notes: Notes): void {
  if (!says(container)) return
  if (!isObject(container)) return notes.refuse('/container', WHY)
  if (says(container['id'])) notes.refuse('/container/id', WHY)
  const { skills } = container
  if (!Array.isArray(skills)) return
  skills.forEach((skill: unknown, index) => {
    const isOpen = isObject(skill) && skill['type'] === 'anthropic'
    if (!isOpen) notes.refuse(`/container/skills/${index}/skill_id`, WHY)
  })
}

interface Place {
  path: string
  notes: Notes
  allows: Allowances
}

function refuseWithin(name: string, value: unknown, place: Place): void {
  const { path, notes, allows } = place
  if (!allows.remoteMedia && isRemoteMedia(name, value)) notes.refuse(path, WHY_NO_ADDRESS)
  else if (Array.isArray(value)) {
    value.forEach((item: unknown, index) =>
      refuseWithin(name, item, { ...place, path: `${path}/${index}` }),
    )
  } else if (isObject(value)) {
    for (const [field, inner] of Object.entries(value)) {
      if (OPAQUE.has(field)) continue
      const at = { ...place, path: `${path}/${pointerPart(field)}` }
      if (namesKept(name, field, inner)) notes.refuse(at.path, WHY)
      else refuseWithin(field, inner, at)
    }
  }
}

/** @param owner the field whose object this one stands in */
function namesKept(owner: string, field: string, value: unknown): boolean {
  if (!says(value)) return false
  if (FILES.has(field)) return true
  if (field === 'fileUri') return typeof value === 'string' && KEPT_BY_GOOGLE.test(value.trim())
  // An earlier spoken answer, or somebody's recorded voice.
  if (field === 'id') return owner === 'audio' || owner === 'voice'
  return field === 'container' && typeof value === 'string'
}

function says(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
