import { type TSchema, Kind } from '@sinclair/typebox'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/compiler'
import { AresError, type ErrorDetail } from '../errors.ts'

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
    if (!details.has(error.path))
      details.set(error.path, { path: error.path, message: sentence(error) })
    // To look through a list that is too long anyway keeps everybody else waiting.
    if (error.type === ValueErrorType.ArrayMaxItems) break
  }
  return [...details.values()]
}

function sentence({ message, schema, errors }: ValueError): string {
  if (message === 'Unexpected property') return 'this field is not known here'
  if (message === 'Expected required property') return 'this field is required'
  const literals = literalsOf(schema)
  if (literals) return `expected one of ${literals.join(', ')}`
  // A field that may also be null: what is wrong is told by the other member.
  const inner = schema.anyOf ? errors[0]?.First() : undefined
  if (inner) return `${sentence(inner)}, or null`
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
