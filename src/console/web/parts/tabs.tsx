import { link, place } from '../router.ts'

/** Views of one list, as links: each has an address of its own. */
export function Views(props: {
  label: string
  name: string
  views: { value: string; label: string }[]
}) {
  const { label, name, views } = props
  const { path, query } = place.value
  const current = query.get(name) ?? ''
  return (
    <nav class="views" aria-label={label}>
      {views.map((view) => (
        <a
          key={view.value}
          href={link(path, { ...Object.fromEntries(query), [name]: view.value, cursor: null })}
          aria-current={view.value === current ? 'true' : undefined}
        >
          {view.label}
        </a>
      ))}
    </nav>
  )
}
