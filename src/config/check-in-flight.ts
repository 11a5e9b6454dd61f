import type { Finding, KeyPath } from './finding.ts'
import type { ConfigDraft } from './schema.ts'

/** No tenant or provider may have more at once than the whole server: such a limit would never be met. */
export function checkInFlight({ server = {}, providers = [] }: ConfigDraft): Finding[] {
  const runs = { key: 'max_in_flight', limit: server.max_in_flight }
  const requests = { key: 'max_pending_requests', limit: server.max_pending_requests }
  return [
    ...checkPart(['server', 'max_in_flight_per_tenant'], server.max_in_flight_per_tenant, runs),
    ...checkPart(
      ['server', 'max_pending_requests_per_tenant'],
      server.max_pending_requests_per_tenant,
      requests,
    ),
    ...providers.flatMap((provider, index) =>
      checkPart(['providers', index, 'max_in_flight'], provider?.max_in_flight, runs),
    ),
  ]
}

interface Total {
  /** In `[server]`. */
  key: string
  limit: number | undefined
}

function checkPart(path: KeyPath, limit: number | undefined, total: Total): Finding[] {
  if (limit === undefined || total.limit === undefined || limit <= total.limit) return []
  return [{ path, message: `found ${limit}; allowed: at most server.${total.key}, ${total.limit}` }]
}
