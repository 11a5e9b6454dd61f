import type { IconName } from '../parts/icons.tsx'
import { Agents } from '../pages/agents.tsx'
import { AgentPage } from '../pages/agent.tsx'
import { Alerts } from '../pages/alerts.tsx'
import { Audit } from '../pages/audit.tsx'
import { Models } from '../pages/models.tsx'
import { NewAgentPage } from '../pages/new-agent.tsx'
import { Overview } from '../pages/overview.tsx'
import { RunPage } from '../pages/run.tsx'
import { Runs } from '../pages/runs.tsx'
import { Settings } from '../pages/settings.tsx'
import { TenantPage } from '../pages/tenant.tsx'
import { Tenants } from '../pages/tenants.tsx'
import { Usage } from '../pages/usage.tsx'
import { OwnAgent } from '../pages/own/agent.tsx'
import { OwnAgents } from '../pages/own/agents.tsx'
import { OwnKey } from '../pages/own/key.tsx'
import { OwnKeys } from '../pages/own/keys.tsx'
import { OwnRun } from '../pages/own/run.tsx'
import { OwnRuns } from '../pages/own/runs.tsx'
import { OwnUsage } from '../pages/own/usage.tsx'
import type { PageRoute } from '../router.ts'
import { mayUse, type Scope, type Session } from '../session.ts'

/** One entry of the menu. */
export interface MenuEntry {
  label: string
  path: string
  icon: IconName
}

/** What somebody signed in can reach. */
export interface Navigation {
  menu: MenuEntry[]
  routes: PageRoute[]
}

const operator: Navigation = {
  menu: [
    { label: 'Overview', path: '/', icon: 'overview' },
    { label: 'Tenants', path: '/tenants', icon: 'tenants' },
    { label: 'Agents', path: '/agents', icon: 'agents' },
    { label: 'Runs', path: '/runs', icon: 'runs' },
    { label: 'Models', path: '/models', icon: 'models' },
    { label: 'Usage', path: '/usage', icon: 'usage' },
    { label: 'Alerts', path: '/alerts', icon: 'alerts' },
    { label: 'Audit', path: '/audit', icon: 'audit' },
    { label: 'Settings', path: '/settings', icon: 'settings' },
  ],
  routes: [
    { pattern: '/', page: Overview },
    { pattern: '/tenants', page: Tenants },
    { pattern: '/tenants/:id', page: TenantPage },
    { pattern: '/tenants/:id/new-agent', page: NewAgentPage },
    { pattern: '/tenants/:id/agents/:name', page: AgentPage },
    { pattern: '/agents', page: Agents },
    { pattern: '/runs', page: Runs },
    { pattern: '/runs/:id', page: RunPage },
    { pattern: '/models', page: Models },
    { pattern: '/usage', page: Usage },
    { pattern: '/alerts', page: Alerts },
    { pattern: '/audit', page: Audit },
    { pattern: '/settings', page: Settings },
  ],
}

/** What a key opens of the tenant's view: each entry of the menu with its pages, in this order; null for any key. */
const tenant: (MenuEntry & { scope: Scope | null; routes: PageRoute[] })[] = [
  {
    label: 'Agents',
    path: '/agents',
    icon: 'agents',
    scope: 'read',
    routes: [
      { pattern: '/agents', page: OwnAgents },
      { pattern: '/agents/:name', page: OwnAgent },
    ],
  },
  {
    label: 'Runs',
    path: '/runs',
    icon: 'runs',
    scope: 'read',
    routes: [
      { pattern: '/runs', page: OwnRuns },
      { pattern: '/runs/:id', page: OwnRun },
    ],
  },
  {
    label: 'Usage',
    path: '/usage',
    icon: 'usage',
    scope: 'read',
    routes: [{ pattern: '/usage', page: OwnUsage }],
  },
  {
    label: 'API keys',
    path: '/keys',
    icon: 'keys',
    scope: 'keys',
    routes: [{ pattern: '/keys', page: OwnKeys }],
  },
  {
    label: 'This key',
    path: '/me',
    icon: 'self',
    scope: null,
    routes: [{ pattern: '/me', page: OwnKey }],
  },
]

/** The pages of who is signed in; those that a key may not use are not there. */
export function navigationOf({ kind }: Session): Navigation {
  if (kind === 'operator') return operator
  const menu = tenant.filter(({ scope }) => scope === null || mayUse(scope))
  const routes = menu.flatMap((entry) => entry.routes)
  return { menu, routes: [{ ...routes[0]!, pattern: '/' }, ...routes] }
}
