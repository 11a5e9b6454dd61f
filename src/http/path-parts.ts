import { AresError } from '../errors.ts'

/** Names of tenants and agents. Source: contract §3. */
export const NAME_PATTERN = '^(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*$'

const NAME = new RegExp(NAME_PATTERN)
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export type Noun = 'tenant' | 'agent' | 'API key' | 'alert'

/** The same answer for what cannot exist, does not exist, and is not yours. */
export function notFound(noun: Noun): AresError {
  return new AresError('not_found', `There is no such ${noun}.`)
}

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

/** What a store found, or `not_found`. */
export function found<T>(thing: T | undefined, noun: Noun): T {
  if (thing === undefined) throw notFound(noun)
  return thing
}
