import { call } from '../api/client.ts'
import { useResource } from '../api/resource.ts'
import { link } from '../router.ts'
import { mayUse, type Session, signOut } from '../session.ts'
import type { MenuEntry } from './navigation.ts'
import { switchTheme } from './top-bar.tsx'

/** Something to jump to, or to do. */
export type Choice = { kind: string; label: string } & ({ href: string } | { act: () => void })

const RUN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const MAX_AGENTS = 6

/** What fits the letters typed: pages and actions from here, tenants and agents from the server. */
export function useChoices(session: Session, menu: MenuEntry[], typed: string): Choice[] {
  const found = useResource(`choices ${typed}`, async (signal) => {
    if (typed === '') return []
    // Only what is still typed a moment later is asked for.
    await new Promise((resolve) => setTimeout(resolve, 120))
    signal.throwIfAborted()
    return session.kind === 'operator' ? searchAll(typed, signal) : searchOwn(typed, signal)
  })
  const fixed = [...pages(menu), ...actions(session)].filter(({ label }) =>
    label.toLowerCase().includes(typed),
  )
  const run =
    RUN_ID.test(typed) && mayUse('read')
      ? [{ kind: 'Run', label: `Run ${typed}`, href: link(`/runs/${typed}`) }]
      : []
  return [...run, ...fixed, ...(found.data ?? [])]
}

function pages(menu: MenuEntry[]): Choice[] {
  return menu.map(({ label, path }) => ({ kind: 'Page', label, href: link(path) }))
}

function actions({ kind }: Session): Choice[] {
  const shared: Choice[] = [
    { kind: 'Action', label: 'Switch theme', act: switchTheme },
    { kind: 'Action', label: 'Sign out', act: () => signOut() },
  ]
  if (kind === 'tenant') {
    if (!mayUse('keys')) return shared
    return [
      { kind: 'Action', label: 'Create an API key', href: link('/keys', { new: 1 }) },
      ...shared,
    ]
  }
  return [
    { kind: 'Action', label: 'Provision a client', href: link('/tenants', { new: 'client' }) },
    { kind: 'Action', label: 'Create a tenant', href: link('/tenants', { new: 'tenant' }) },
    { kind: 'Action', label: 'Show failed runs', href: link('/runs', { status: 'failed' }) },
    ...shared,
  ]
}

async function searchAll(typed: string, signal: AbortSignal): Promise<Choice[]> {
  const [{ tenants }, { agents }] = await Promise.all([
    call('GET /api/admin/tenant-list', { query: { q: typed, per_page: 8 }, signal }),
    call('GET /api/admin/agent-list', { query: { q: typed, per_page: 8 }, signal }),
  ])
  return [
    ...tenants.map(({ id, name }) => ({
      kind: 'Tenant',
      label: name,
      href: link(`/tenants/${id}`),
    })),
    ...agents.map(({ name, tenant_id, tenant_name }) => ({
      kind: 'Agent',
      label: `${tenant_name} / ${name}`,
      href: link(`/tenants/${tenant_id}/agents/${name}`),
    })),
  ]
}

async function searchOwn(typed: string, signal: AbortSignal): Promise<Choice[]> {
  if (!mayUse('read')) return []
  const { agents } = await call('GET /v1/agents', { query: { per_page: 100 }, signal })
  return agents
    .filter(({ name }) => name.includes(typed))
    .slice(0, MAX_AGENTS)
    .map(({ name }) => ({ kind: 'Agent', label: name, href: link(`/agents/${name}`) }))
}
