import {
  OptionalKind,
  Type,
  type Static,
  type TObject,
  type TProperties,
  type TSchema,
} from '@sinclair/typebox'
import { NAME_PATTERN } from '../names.ts'

// Beside JSON Schema's own keywords, the configuration's schemas carry two of ours, and use one in a narrower sense:
//   allowed    what may stand there, in words, for messages and the reference
//   fallback   the default in words, where it is no fixed value
//   writeOnly  the value is a secret or may hold one: no message ever shows it

/** Names of providers, templates and product types; the rule for tenants and agents. Source: contract 3.8. */
export const NAME = {
  pattern: NAME_PATTERN,
  allowed: '1 to 63 lower-case letters and digits, in parts joined by single hyphens',
}

export const MODEL_ID = {
  pattern: '^[^\\s\\x00-\\x1f\\x7f]{1,200}$',
  allowed: '1 to 200 characters without spaces',
}

/** Hidden like a secret, because pasting the secret itself here is an easy mistake. */
export const ENV_NAME = {
  pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
  allowed: 'the name of an environment variable',
  writeOnly: true,
}

/** What an HTTP header carries unchanged; a secret of other characters could not be sent. */
export const HEADER_VALUE = {
  pattern: '^[\\x21-\\x7e]+$',
  allowed: 'printable ASCII characters without spaces',
}

export const SHORTEST_ADMIN_SECRET = 32

/** Timers count milliseconds in a signed 32-bit number. */
export const LONGEST_TIMER_MS = 2_147_483_647

export const LARGEST_BODY_BYTES = 1_073_741_824

/** Of all bodies together: more than the memory of any machine that this runs on. */
export const MOST_BODY_BYTES = 1_099_511_627_776

/** Below the open fetches that `cli/fetch-limit.ts` lets Bun have: beyond those, calls would queue unseen. */
export const MOST_IN_FLIGHT = 8000

/** More than the sockets that a process usually may open. */
export const MOST_PENDING = 1_000_000

/** A table of known keys only, which may be left out: its keys then have their defaults. */
export function table<T extends TProperties>(description: string, keys: T): TObject<T> {
  return optionalInFile(
    Type.Object(keys, { additionalProperties: false, default: {}, description }),
  )
}

/** A key that may be left out of the file, where the default then takes its place. */
export function defaulted<T extends TSchema>(value: Static<T>, schema: T): T {
  return optionalInFile({ ...schema, default: value })
}

/** Optional in the file and its JSON Schema; a plain key in the static type, which describes the file with its defaults in. */
function optionalInFile<T extends TSchema>(schema: T): T {
  return { ...schema, [OptionalKind]: 'Optional' }
}
