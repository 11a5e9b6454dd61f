import { signal } from '@preact/signals'
import { moment, NONE, since } from '../format.ts'

/** Now, as far as the page says how long ago something was. */
const now = signal(Date.now())
setInterval(() => {
  now.value = Date.now()
}, 10_000)

/** How long ago; on pointing at it the moment, in the reader's zone and in UTC. */
export function Ago({ at }: { at: string | null }) {
  if (at === null) return <span class="muted">{NONE}</span>
  return (
    <time dateTime={at} title={`${moment(at)} (${at})`}>
      {since(at, Math.max(now.value, Date.now()))}
    </time>
  )
}

/** The moment in the reader's zone; on pointing at it in UTC. */
export function Moment({ at }: { at: string | null }) {
  if (at === null) return <span class="muted">{NONE}</span>
  return (
    <time dateTime={at} title={at}>
      {moment(at)}
    </time>
  )
}
