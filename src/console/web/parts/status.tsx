import type { ComponentChildren } from 'preact'
import type { ApiFailure } from '../api/failure.ts'
import type { Resource } from '../api/resource.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'plain'

/** A word that says in what state something is; never by colour alone. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>
}

const TONES: Record<string, Tone> = {
  active: 'good',
  completed: 'good',
  running: 'accent',
  paused: 'warn',
  suspended: 'warn',
  warning: 'warn',
  failed: 'bad',
  critical: 'bad',
}

/** A state by its name in the API. */
export function StatusBadge({ status }: { status: string }) {
  return <Badge tone={TONES[status] ?? 'plain'}>{status}</Badge>
}

/** A failure in the API's own sentence, with the id to ask its log for. */
export function Failure({ failure, retry }: { failure: ApiFailure; retry?: () => void }) {
  const { message, requestId, retryAfterS, details } = failure
  return (
    <div class="notice bad" role="alert">
      <div>
        {message}
        {retryAfterS !== null && ` Try again in ${retryAfterS} s.`}
        {details.map((detail) => (
          <div key={detail.path}>
            <code>{detail.path}</code> {detail.message}
          </div>
        ))}
        {requestId !== null && <div class="id muted">Request {requestId}</div>}
      </div>
      {retry && (
        <button type="button" class="button small" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  )
}

/** What to do where there is nothing yet. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h3>{title}</h3>
      {children}
    </div>
  )
}

/** In place of rows that are on their way, as high as they will be. */
export function Skeleton({ rows = 5 }: { rows?: number }) {
  return (
    <div class="stack body" aria-busy="true">
      <span class="hidden">Loading…</span>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} class="skeleton" style={{ width: `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  )
}

/** What was read; until then a skeleton, and in trouble the failure above what was known before. */
export function Loaded<T>(props: {
  from: Resource<T>
  rows?: number
  children: (data: T) => ComponentChildren
}) {
  const { from, rows = 5, children } = props
  const { data, failure, reload } = from
  return (
    <>
      {failure && (
        <div class="body">
          <Failure failure={failure} retry={reload} />
        </div>
      )}
      {data !== undefined ? children(data) : !failure && <Skeleton rows={rows} />}
    </>
  )
}
