import { Refusals as Mistakes } from './form/refusals.ts'

/** What is said of a field that exists in one format and has no counterpart in the other. */
const NO_COUNTERPART = 'this cannot be honoured by the model asked for'

/** Collects the fields of a request that cannot be translated, so that one answer names all of them. */
export class Refusals extends Mistakes {
  refuse(path: string, message: string = NO_COUNTERPART): void {
    this.add(path, message)
  }

  /** Refuses each field outside of `known` that is neither absent nor null. */
  refuseUnknown(object: object, known: ReadonlySet<string>, path: string): void {
    for (const [field, value] of Object.entries(object)) {
      if (known.has(field) || value === null || value === undefined) continue
      this.refuse(`${path}/${pointerPart(field)}`)
    }
  }
}

/** A field's name as JSON pointers write it. */
export function pointerPart(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1')
}
