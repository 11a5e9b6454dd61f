import { count } from '../format.ts'
import { link, place } from '../router.ts'

/** Page by page, for lists that know how many rows they have. */
export function Pages({ page, perPage, total }: { page: number; perPage: number; total: number }) {
  if (total <= perPage) return null
  const last = Math.ceil(total / perPage)
  return (
    <Steps
      label={`${count((page - 1) * perPage + 1)}–${count(Math.min(total, page * perPage))} of ${count(total)}`}
      back={page > 1 ? { text: 'Previous', query: { page: page > 2 ? page - 1 : null } } : null}
      on={page < last ? { text: 'Next', query: { page: page + 1 } } : null}
    />
  )
}

/** Back to the newest and on to older rows, for lists that only know where they go on. */
export function Older({ cursor, next }: { cursor: string | null; next: string | null }) {
  if (cursor === null && next === null) return null
  return (
    <Steps
      label=""
      back={cursor === null ? null : { text: 'Newest', query: { cursor: null } }}
      on={next === null ? null : { text: 'Older', query: { cursor: next } }}
    />
  )
}

interface Step {
  text: string
  query: Record<string, string | number | null>
}

function Steps({ label, back, on }: { label: string; back: Step | null; on: Step | null }) {
  const { path, query } = place.value
  const address = (step: Step) => link(path, { ...Object.fromEntries(query), ...step.query })
  return (
    <nav class="row spread paging" aria-label="Paging">
      <span class="muted">{label}</span>
      <span class="row">
        {back && (
          <a class="button small" href={address(back)}>
            {back.text}
          </a>
        )}
        {on && (
          <a class="button small" href={address(on)}>
            {on.text}
          </a>
        )}
      </span>
    </nav>
  )
}
