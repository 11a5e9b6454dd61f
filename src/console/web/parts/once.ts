import { useRef } from 'preact/hooks'
import { newOnceKey } from '../api/client.ts'

/** The `Idempotency-Key` of what is about to be sent: the same until that changes, so that trying again does nothing twice. */
export function useOnceKey(body: unknown): string {
  const text = JSON.stringify(body)
  const latest = useRef({ text: '', key: '' })
  if (latest.current.text !== text) latest.current = { text, key: newOnceKey() }
  return latest.current.key
}
