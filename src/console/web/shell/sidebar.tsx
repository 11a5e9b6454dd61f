import { call } from '../api/client.ts'
import { STATS, useResource } from '../api/resource.ts'
import { count } from '../format.ts'
import { Icon, Mark } from '../parts/icons.tsx'
import { Badge } from '../parts/status.tsx'
import { link, place } from '../router.ts'
import type { Session } from '../session.ts'
import type { MenuEntry } from './navigation.ts'

/** The menu; on a phone a drawer. */
export function Sidebar(props: { menu: MenuEntry[]; session: Session; open: boolean }) {
  const { menu, session } = props
  const { path } = place.value
  const isHere = (entry: MenuEntry) =>
    entry.path === '/' ? path === '/' : path === entry.path || path.startsWith(`${entry.path}/`)
  return (
    <nav class="sidebar" id="menu" aria-label="Pages">
      <a class="brand" href={link('/')}>
        <Mark /> ARES
      </a>
      <ul>
        {menu.map((entry) => (
          <li key={entry.path}>
            <a href={link(entry.path)} aria-current={isHere(entry) ? 'page' : undefined}>
              <Icon name={entry.icon} />
              {entry.label}
              {entry.path === '/alerts' && <OpenAlerts />}
            </a>
          </li>
        ))}
      </ul>
      <footer>
        {session.kind === 'operator' ? (
          <>
            Operator · <a href="/swagger">API description</a>
          </>
        ) : (
          <>
            Tenant <strong>{session.me.tenant.name}</strong>
            <br />
            key {session.me.key.name} (<code>{session.me.key.prefix}…</code>)
          </>
        )}
        <br />
        <a href="/console/licenses.txt" target="_blank">
          Third-party licences
        </a>
      </footer>
    </nav>
  )
}

/** How many alerts wait for somebody. */
function OpenAlerts() {
  const stats = useResource(STATS, (signal) => call('GET /api/admin/stats', { signal }), {
    everyMs: 15_000,
  })
  const open = stats.data?.active_alerts ?? 0
  if (open === 0) return null
  return (
    <span class="count">
      <Badge tone="bad">
        {count(open)}
        <span class="hidden"> open</span>
      </Badge>
    </span>
  )
}
