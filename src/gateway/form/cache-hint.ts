import type { Placed } from '../../form/parts.ts'
import { asObject, asString, isObject } from '../../providers/json-shape.ts'

/** Where something stands in the client's request, and whether it may be cached up to there (`cache_control`). */
export function placed(owner: Readonly<Record<string, unknown>>, at: string): Placed {
  const control = owner['cache_control']
  if (!isObject(control)) return { at }
  const ttl = asString(asObject(control)['ttl'])
  const hint = { at: `${at}/cache_control` }
  return { at, cache: ttl === '' ? hint : { ...hint, ttl } }
}
