import { BIGGEST, type Platform, QUIET, RARE_MODEL, SMALL } from './platform.ts'

/** Something that a page of the console shows. */
export interface Question {
  what: string
  path: string
  /** The tenant that asks; otherwise an operator does. */
  tenant?: string
  /** The list whose whole page is wanted, in as many steps as the console would take. */
  list?: 'runs' | 'entries' | 'alerts'
  /** Which page of it. */
  page?: number
}

/** Everything that the console reads and that could grow with what is stored. */
export function consoleQuestions({ ids }: Platform): Question[] {
  return [...overTime(ids), ...everybodysRuns(ids), ...changes(ids), ...platform(ids), ...OWN]
}

type Ids = Record<string, string>

function overTime(ids: Ids): Question[] {
  return [
    { what: 'overview', path: '/api/admin/overview' },
    { what: 'statistics', path: '/api/admin/stats' },
    { what: 'series, 30 days', path: '/api/admin/series?days=30' },
    { what: 'series, 365 days', path: '/api/admin/series?days=365' },
    { what: 'series, 365 days by model', path: '/api/admin/series?days=365&by=model' },
    { what: 'series, 365 days by tenant', path: '/api/admin/series?days=365&by=tenant&limit=50' },
    {
      what: 'series, 365 days of the biggest tenant',
      path: `/api/admin/series?days=365&tenant_id=${ids[BIGGEST]}`,
    },
    { what: 'usage.csv, 30 days', path: '/api/admin/usage.csv?days=30' },
    { what: 'usage.csv, 365 days', path: '/api/admin/usage.csv?days=365' },
    {
      what: 'usage.csv, 365 days of the biggest tenant',
      path: `/api/admin/usage.csv?days=365&tenant_id=${ids[BIGGEST]}`,
    },
  ]
}

/** A day and a month that are long over. */
const [LONG_AGO, DAY_AFTER, MONTH_AFTER] = [300, 299, 270].map((days) =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10),
)

function runs(what: string, filter: string, page = 1): Question {
  return { what: `runs${what}`, path: `/api/admin/runs?limit=50${filter}`, list: 'runs', page }
}

function everybodysRuns(ids: Ids): Question[] {
  const tenant = (name: string) => `&tenant_id=${ids[name]}`
  return [
    runs(', newest', ''),
    runs(', page 100', '', 100),
    runs(' of the biggest tenant', tenant(BIGGEST)),
    runs(' of the biggest tenant, page 20', tenant(BIGGEST), 20),
    runs(' of a small tenant', tenant(SMALL)),
    runs(' of a small tenant, failed', `${tenant(SMALL)}&status=failed`),
    runs(' of the quiet tenant', tenant(QUIET)),
    runs(', all failed', '&status=failed'),
    runs(', under way', '&status=running'),
    runs(', on a model that few use', `&model=${RARE_MODEL}`),
    runs(', on a model that nobody uses', '&model=none'),
    runs(', of a kind that there is none of', '&kind=embedding'),
    runs(' of agents of a name that all have', '&agent=agent-a'),
    runs(' of an agent of the biggest tenant', `${tenant(BIGGEST)}&agent=agent-a`),
    runs(' of an agent, failed', `${tenant(BIGGEST)}&agent=agent-a&status=failed`),
    runs(', a day long ago', `&from=${LONG_AGO}&to=${DAY_AFTER}`),
    runs(', a month long ago, failed', `&from=${LONG_AGO}&to=${MONTH_AFTER}&status=failed`),
    runs(
      ', a month long ago of a small tenant',
      `&from=${LONG_AGO}&to=${MONTH_AFTER}${tenant(SMALL)}`,
    ),
    runs(' with a text that all have', '&q=transaction'),
    runs(' with a text that none has', '&q=nowhere+to+be+found'),
    runs(' of a small tenant with a text that none has', `${tenant(SMALL)}&q=nowhere`),
  ]
}

function audit(what: string, filter: string, page = 1): Question {
  const path = `/api/admin/audit-log?limit=50${filter}`
  return { what: `audit log, ${what}`, path, list: 'entries', page }
}

function alerts(what: string, filter: string, page = 1): Question {
  const path = `/api/admin/alerts?limit=50${filter}`
  return { what: `alerts${what}`, path, list: 'alerts', page }
}

function changes(ids: Ids): Question[] {
  return [
    audit('newest', ''),
    audit('page 20', '', 20),
    audit('a rare action', '&action=tenant.quota_updated'),
    audit('of the biggest tenant', `&tenant_id=${ids[BIGGEST]}`),
    audit('of the quiet tenant', `&tenant_id=${ids[QUIET]}`),
    audit('a day long ago', `&from=${LONG_AGO}&to=${DAY_AFTER}`),
    alerts(', newest', ''),
    alerts(', page 4', '', 4),
    alerts(', open', '&resolved=false'),
    alerts(', critical', '&severity=critical'),
    alerts(' of the biggest tenant', `&tenant_id=${ids[BIGGEST]}`),
    alerts(' of the quiet tenant', `&tenant_id=${ids[QUIET]}`),
  ]
}

function platform(ids: Ids): Question[] {
  const tenant = `/api/admin/tenants/${ids[BIGGEST]}`
  return [
    { what: 'tenants, by name', path: '/api/admin/tenant-list' },
    { what: 'tenants, by runs', path: '/api/admin/tenant-list?sort=runs_month' },
    { what: 'tenants, searched', path: '/api/admin/tenant-list?q=25' },
    { what: 'agents, first page', path: '/api/admin/agent-list' },
    { what: 'agents, searched', path: '/api/admin/agent-list?q=agent-c' },
    { what: 'tenant', path: tenant },
    { what: 'tenant, agents', path: `${tenant}/agents` },
    { what: 'tenant, statistics of an agent', path: `${tenant}/agents/agent-a/stats` },
    { what: 'tenant, API keys', path: `${tenant}/api-keys` },
    { what: 'tenant, usage', path: `${tenant}/usage` },
    { what: 'tenant, 365 days', path: `${tenant}/usage/daily?days=365` },
    { what: 'settings', path: '/api/admin/settings' },
  ]
}

function own(what: string, path: string, tenant: string, page?: number): Question {
  return { what: `own ${what}`, path, tenant, ...(page !== undefined && { list: 'runs', page }) }
}

const OWN: Question[] = [
  own('runs of the biggest tenant', '/v1/runs?limit=50', BIGGEST, 1),
  own('runs of a small tenant', '/v1/runs?limit=50', SMALL, 1),
  own('runs of the quiet tenant', '/v1/runs?limit=50', QUIET, 1),
  own('runs, failed', '/v1/runs?limit=50&status=failed', BIGGEST, 1),
  own('runs with a text that none has', '/v1/runs?limit=50&q=nowhere', BIGGEST, 1),
  own('runs of an agent', '/v1/agents/agent-a/runs', BIGGEST),
  own('usage', '/v1/usage', BIGGEST),
  own('agents', '/v1/agents', BIGGEST),
]
