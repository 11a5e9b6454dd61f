import { call, type Reply } from '../api/client.ts'
import { type Resource, useResource } from '../api/resource.ts'
import type { Crumb } from '../parts/page.tsx'
import { link } from '../router.ts'

/** The way to the agents of a tenant; its name as soon as that is known. */
export function useAgentTrail(tenantId: string): Crumb[] {
  const tenant: Resource<Reply<'GET /api/admin/tenants/{id}'>> = useResource(
    `tenant ${tenantId}`,
    (signal) => call('GET /api/admin/tenants/{id}', { path: { id: tenantId }, signal }),
  )
  return [
    { label: 'Tenants', href: link('/tenants') },
    { label: tenant.data?.name ?? 'Tenant', href: link(`/tenants/${tenantId}`) },
  ]
}
