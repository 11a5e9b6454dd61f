import type { Static, TSchema } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import type { Notes } from '../../form/notes.ts'
import { explainValidation } from '../../http/validation.ts'

/** The value when the schema allows it; otherwise undefined, and each mistake is noted at its own place. */
export function checkShape<T extends TSchema>(
  schema: T,
  value: unknown,
  at: string,
  notes: Notes,
): Static<T> | undefined {
  const check = compiled(schema)
  if (check.Check(value)) return value
  const { details = [] } = explainValidation(check.Errors(value))
  for (const detail of details) notes.refuse(at + detail.path, detail.message)
  return undefined
}

/** Notes a field that has to be there. */
export function refuseMissing(at: string, notes: Notes): void {
  notes.refuse(at, 'this field is required')
}

const compiledSchemas = new Map<TSchema, TypeCheck<TSchema>>()

/** Compiled when it is first needed: the start would have to wait for it. */
function compiled(schema: TSchema): TypeCheck<TSchema> {
  let check = compiledSchemas.get(schema)
  if (!check) compiledSchemas.set(schema, (check = TypeCompiler.Compile(schema)))
  return check
}
