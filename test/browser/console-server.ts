import { ADMIN_SECRET, type AresProcess, startAres } from '../binary/ares.ts'

/** Chromium starts, the binary starts, and both share the machine with other tests. */
export const BROWSER_MS = 90_000

export interface ConsoleOptions {
  secret?: string
  port?: number
  /** TOML put after the rest. */
  more?: string
  maxFailures?: number
}

/** The compiled binary with the offline demo model and a tier that is soon used up. */
export function startConsole(options: ConsoleOptions = {}): Promise<AresProcess> {
  const { secret = ADMIN_SECRET, port = 0, more = '', maxFailures = 1_000_000 } = options
  const config = `
[server]
port = ${port}
[admin]
secret = "${secret}"
max_failures_per_minute = ${maxFailures}
[[providers]]
name = "demo"
type = "demo"
[[providers.models]]
id = "m"
context_length = 100000
supports_tools = true
input_usd_per_mtok = 1
output_usd_per_mtok = 2
[[providers]]
name = "away"
type = "openai"
base_url = "http://127.0.0.1:9/v1"
max_retries = 0
[[providers.models]]
id = "unreachable"
context_length = 1000
supports_tools = false
[tiers.free]
runs_per_month = 5
tokens_per_month = 1000000
requests_per_minute = 6000
${more}
`
  return startAres({ config, args: [] })
}

/** The operator's pages, for a tenant with the agent `assistant` and one of its runs. */
export function operatorPages({ id, runId }: { id: string; runId: string }): string[] {
  return [
    '/console',
    '/console/tenants',
    `/console/tenants/${id}`,
    `/console/tenants/${id}/new-agent`,
    `/console/tenants/${id}/agents/assistant`,
    '/console/agents',
    '/console/runs',
    `/console/runs/${runId}`,
    '/console/models',
    '/console/usage',
    '/console/alerts?view=all',
    '/console/audit',
    '/console/settings',
  ]
}

/** The tenant's pages. */
export function tenantPages({ runId }: { runId: string }): string[] {
  return [
    '/console/agents',
    '/console/agents/assistant',
    '/console/runs',
    `/console/runs/${runId}`,
    '/console/usage',
    '/console/keys',
    '/console/me',
  ]
}
