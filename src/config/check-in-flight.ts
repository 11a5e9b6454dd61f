import type { Finding, KeyPath } from './finding.ts'
import type { ConfigDraft } from './schema.ts'

/** No tenant or provider may have more runs in flight than the whole server: such a limit would never be met. */
export function checkInFlight({ server, providers = [] }: ConfigDraft): Finding[] {
  const total = server?.max_in_flight
  if (total === undefined) return []
  return [
    ...checkPart(['server', 'max_in_flight_per_tenant'], server?.max_in_flight_per_tenant, total),
    ...providers.flatMap((provider, index) =>
      checkPart(['providers', index, 'max_in_flight'], provider?.max_in_flight, total),
    ),
  ]
}

function checkPart(path: KeyPath, limit: number | undefined, total: number): Finding[] {
  if (limit === undefined || limit <= total) return []
  return [{ path, message: `found ${limit}; allowed: at most server.max_in_flight, ${total}` }]
}
