import { type TSchema, Kind } from '@sinclair/typebox'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/compiler'
import { AresError, type ErrorDetail } from '../errors.ts'
import { shownPath } from '../shorten.ts'

/** Mistakes named in one answer; a body full of them says no more. */
const MAX_DETAILS = 20

/** TypeBox's findings as our 422: each mistake with its path and what is allowed, never the value that was sent. */
export function explainValidation(errors: Iterable<ValueError>): AresError {
  return invalidWith(distinct(errors))
}

function invalidWith(details: ErrorDetail[]): AresError {
  const [first] = details
  const sentence = first
    ? `${first.path || 'The body'}: ${first.message}.`
    : 'The body is not valid.'
  return new AresError('invalid', sentence, { details })
}

/** One mistake per path: TypeBox reports a missing property once as missing and again as of the wrong type. */
function distinct(errors: Iterable<ValueError>): ErrorDetail[] {
  const details = new Map<string, ErrorDetail>()
  for (const error of errors) {
    if (details.size === MAX_DETAILS) break
    const { path: whole, message } = detailOf(error)
    const path = shownPath(whole)
    if (!details.has(path)) details.set(path, { path, message })
    // To look through a list that is too long anyway keeps everybody else waiting.
    if (error.type === ValueErrorType.ArrayMaxItems) break
  }
  return [...details.values()]
}

/** A mistake, and where it is. Of a choice that is within the member that fits from outside, if one does. */
function detailOf(error: ValueError): ErrorDetail {
  const { path, schema, errors } = error
  if (!schema.anyOf || literalsOf(schema)) return { path, message: sentence(error) }
  const members = errors.flatMap((member) => member.First() ?? [])
  const meant = members.find((member) => member.path !== path)
  if (meant) return detailOf(meant)
  const messages = members.map((member, index) => {
    const { message } = detailOf(member)
    return index === 0 ? message : message.replace(/^expected /, '')
  })
  return { path, message: [...new Set(messages)].join(', or ') }
}

function sentence({ message, schema }: ValueError): string {
  if (message === 'Unexpected property') return 'this field is not known here'
  if (message === 'Expected required property') return 'this field is required'
  const literals = literalsOf(schema)
  if (literals) return `expected one of ${literals.join(', ')}`
  if (schema.pattern && schema.description) return `expected ${schema.description}`
  return message.charAt(0).toLowerCase() + message.slice(1)
}

function literalsOf(schema: TSchema): string[] | undefined {
  const members: unknown = schema.anyOf
  if (!Array.isArray(members) || !members.every((member: TSchema) => member[Kind] === 'Literal')) {
    return undefined
  }
  return members.map((member: TSchema) => String(member.const))
}
