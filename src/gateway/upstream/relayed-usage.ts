import { dataOf, startOfLastEvent } from '../../providers/event-cutter.ts'
import { asArray, isObject, parseJson } from '../../providers/json-shape.ts'

/*
 * What a stream says of its usage. Every provider is asked for it, and OpenAI's then has a null in each chunk until the
 * last: clients with strict schemas take such a chunk for a broken one, and nobody learns anything from it.
 */

/** A quote inside a string is escaped, so this never stands in one. */
const NO_USAGE_YET = /,[ \t]*"usage"[ \t]*:[ \t]*null(?=[ \t]*[,}])/g

/** The events without the members that say that the usage is still to come. */
export function withoutEmptyUsage(events: Uint8Array): Uint8Array {
  const bytes = Buffer.from(events.buffer, events.byteOffset, events.length)
  if (!mayHaveEmptyUsage(bytes)) return events
  return Buffer.from(bytes.toString('latin1').replace(NO_USAGE_YET, ''), 'latin1')
}

const USAGE = '"usage"'
/** `n`: what a null begins with. */
const N = 0x6e

/** Most reads have no usage at all, or the real one: they are not taken for text. */
function mayHaveEmptyUsage(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(USAGE); at >= 0; at = bytes.indexOf(USAGE, at)) {
    at += USAGE.length
    while (isBeforeValue(bytes[at])) at++
    if (bytes[at] === N) return true
  }
  return false
}

/** A blank, a tab or a colon. */
function isBeforeValue(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x3a
}

/**
 * The end of a stream for a client that did not ask for the usage: without the events that say nothing else, which
 * stand behind the last choice.
 */
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
  const kept = bytes.subarray(0, end)
  return behind.length === 0 ? kept : Buffer.concat([kept, ...behind.toReversed()])
}

function saysUsageOnly({ choices, usage }: Record<string, unknown>): boolean {
  return Array.isArray(choices) && isObject(usage)
}
