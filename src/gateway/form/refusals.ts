import type { Static, TSchema } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { AresError, type ErrorDetail } from '../../errors.ts'
import { shownPath } from '../../shorten.ts'
import { explainValidation } from '../../http/validation.ts'

/** Mistakes named in one answer; a request full of them says no more. */
const MAX_DETAILS = 20

/** What is wrong with a request, gathered while it is translated, so that one answer names everything. */
export class Refusals {
  readonly #details: ErrorDetail[] = []

  /** @param path where it stands in the client's body, as a JSON pointer */
  add(path: string, message: string): void {
    if (this.#details.length < MAX_DETAILS) this.#details.push({ path, message })
  }

  /** The value when the schema allows it; otherwise undefined, and each mistake is noted at its own place. */
  check<T extends TSchema>(schema: T, value: unknown, path: string): Static<T> | undefined {
    const check = compiled(schema)
    if (check.Check(value)) return value
    const { details = [] } = explainValidation(check.Errors(value))
    for (const detail of details) this.add(path + detail.path, detail.message)
    return undefined
  }

  /** @throws AresError `invalid` with all of them, when there are any */
  throwIfAny(): void {
    if (this.#details.length === 0) return
    throw new AresError('invalid', sentenceOf(this.#details), { details: this.#details })
  }
}

/** Mistakes told in the sentence: clients of the compatible surfaces get no list beside it. */
const MAX_TOLD = 5

/** Every mistake with its place, in one sentence. */
export function sentenceOf(details: ErrorDetail[]): string {
  const told = details
    .slice(0, MAX_TOLD)
    .map(({ path, message }) => `${shownPath(path)}: ${message}`)
  const others = details.length - told.length
  return `${told.join('; ')}${others > 0 ? `; and ${others} more` : ''}.`
}

const compiledSchemas = new Map<TSchema, TypeCheck<TSchema>>()

/** Compiled when it is first needed: the start would have to wait for it. */
function compiled(schema: TSchema): TypeCheck<TSchema> {
  let check = compiledSchemas.get(schema)
  if (!check) compiledSchemas.set(schema, (check = TypeCompiler.Compile(schema)))
  return check
}
