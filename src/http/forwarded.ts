import { isIP } from 'node:net'
import { unmapped } from '../networks.ts'

/** Who has passed a request on, the nearest last; null where that cannot be read. */
export type Hops = (string | null)[]

/** The hops in `X-Forwarded-For`. */
export function hopsOfForwardedFor(header: string): Hops {
  return header.split(',').map((node) => addressIn(node.trim()))
}

/** `for=192.0.2.1`, its value possibly in quotes, and what separates it from the next. */
const PAIR = /(?:([\w-]+)=("(?:[^"\\]|\\.)*"|[^\s",;]+))?[ \t]*([,;]|$)[ \t]*/y

/**
 * The hops in `Forwarded`, one an element. Of a header that breaks the grammar nothing is believed: a quote that the
 * client left open would swallow what the proxy has written behind it.
 *
 * Source: RFC 7239, section 4.
 */
export function hopsOfForwarded(header: string): Hops {
  const hops: Hops = []
  let nodes: string[] = []
  let end: string | undefined
  PAIR.lastIndex = 0
  do {
    const pair = PAIR.exec(header)
    if (!pair) return [null]
    const [, name, value = ''] = pair
    end = pair[3]
    if (name?.toLowerCase() === 'for') nodes.push(value)
    if (end === ';') continue
    hops.push(nodes.length === 1 ? addressIn(nodes[0]!) : null)
    nodes = []
  } while (end !== '')
  return hops
}

/** Both forms of an address with a port; of a port that hides itself (`:_a`), too. */
const NODE = /^(?:\[([^\]]+)\]|(\d+(?:\.\d+){3}))(?::\w{1,32})?$/

/** The address in `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`, each also in quotes; else null. */
function addressIn(node: string): string | null {
  const text = node.replace(/^"([^"]*)"$/, '$1')
  const [, bracketed, dotted] = NODE.exec(text) ?? []
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? unmapped(bracketed) : null
  const address = dotted ?? text
  return isIP(address) === 0 ? null : unmapped(address)
}
