import { dataOf, startOfLastEvent } from '../../providers/event-cutter.ts'
import { asArray, isObject, parseJson } from '../../providers/json-shape.ts'

/*
 * Every stream of a provider is asked what it used. A client that did not ask is told nothing of it, for some are
 * surprised by a member that they do not know.
 */

/** A quote inside a string is escaped, so this never stands in one. */
const NO_USAGE_YET = /,[ \t]*"usage"[ \t]*:[ \t]*null(?=[ \t]*[,}])/g

/** The events without the members that say that the usage is still to come. */
export function withoutEmptyUsage(events: Uint8Array): Uint8Array {
  const bytes = Buffer.from(events.buffer, events.byteOffset, events.length)
  if (!bytes.includes('"usage"')) return events
  return Buffer.from(bytes.toString('latin1').replace(NO_USAGE_YET, ''), 'latin1')
}

/** The last events of a stream but those that say nothing but what was used: they stand behind the last choice. */
export function withoutLastUsage(bytes: Buffer): Buffer {
  const behind: Uint8Array[] = []
  let end = bytes.length
  while (end > 0) {
    const start = startOfLastEvent(bytes, end)
    const event = bytes.subarray(start, end)
    const data = parseJson(dataOf(event))
    if (isObject(data) && asArray(data['choices']).length > 0) break
    if (!isObject(data) || !saysUsageOnly(data)) behind.push(event)
    end = start
  }
  return Buffer.concat([bytes.subarray(0, end), ...behind.toReversed()])
}

function saysUsageOnly({ choices, usage }: Record<string, unknown>): boolean {
  return Array.isArray(choices) && isObject(usage)
}
