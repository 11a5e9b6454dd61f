import { AresError, type ErrorDetail } from '../../errors.ts'
import { sentenceOf } from './refusals.ts'

/**
 * Does what is done with a translated request. Mistakes that are found there are told where they stand in the client's
 * own request.
 *
 * @param placeOf from the place in the translated request to the client's
 */
export function inClientsPlaces<T>(placeOf: (path: string) => string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof AresError && error.details
      ? replaced(error, error.details, placeOf)
      : error
  }
}

function replaced(
  { code, message, cause }: AresError,
  given: ErrorDetail[],
  placeOf: (path: string) => string,
): AresError {
  const details = distinct(given.map((detail) => ({ ...detail, path: placeOf(detail.path) })))
  const isList = message.startsWith(`${given[0]?.path}: `)
  return new AresError(code, isList ? sentenceOf(details) : message, { cause, details })
}

/** Where only the list as a whole can be named, one mistake of a kind is told of it. */
function distinct(details: ErrorDetail[]): ErrorDetail[] {
  const byText = new Map(details.map((detail) => [`${detail.path}: ${detail.message}`, detail]))
  return [...byText.values()]
}
