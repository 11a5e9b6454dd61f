import { notFound, type Noun } from '../errors.ts'
import { NAME_PATTERN } from '../names.ts'

const NAME = new RegExp(NAME_PATTERN)
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A part of the path as a name that could exist. @throws AresError `not_found` */
export function namePart(part: string, noun: Noun): string {
  if (!NAME.test(part)) throw notFound(noun)
  return part
}

/** A part of the path as an id that could exist. @throws AresError `not_found` */
export function idPart(part: string, noun: Noun): string {
  if (!ID.test(part)) throw notFound(noun)
  return part
}
