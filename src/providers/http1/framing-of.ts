import { UpstreamFault } from '../upstream.ts'
import { Chunks } from './chunks.ts'
import { type Framing, Length, UntilClose } from './framing.ts'
import type { Head } from './head.ts'

/** The framing that a final head asks for. @throws UpstreamFault `unreadable`. Source: RFC 9112, section 6.3. */
export function framingOf(head: Head): Framing {
  const { status } = head
  if (status === 204 || status === 304) return new Length(0)
  const coding = head.get('transfer-encoding')
  if (coding !== null) {
    if (head.minorVersion === 0 || coding.toLowerCase() !== 'chunked')
      throw new UpstreamFault('unreadable', 'bad_transfer_encoding')
    return new Chunks()
  }
  const length = head.get('content-length')
  return length === null ? new UntilClose() : new Length(lengthOf(length))
}

/** The same length twice is one; two lengths are none. */
function lengthOf(text: string): number {
  const [first = '', ...more] = text.split(', ')
  if (!/^\d{1,15}$/.test(first) || more.some((other) => other !== first))
    throw new UpstreamFault('unreadable', 'bad_content_length')
  return Number(first)
}
