import { Elysia } from 'elysia'
import { AresError } from '../errors.ts'
import type { Caller } from '../caller/caller.ts'
import { type Admission, admissionOf } from './admission.ts'
import { requireScope } from '../caller/scopes.ts'

/** Asserts that the front door admitted a tenant's key and that it has the route's scope, and hands the caller on. For every group under /v1. */
export const tenantGuard = new Elysia({ name: 'tenant-guard' }).derive(
  { as: 'scoped' },
  ({ request, route }) => {
    const admission = admissionOf(request)
    return { caller: admitTenant(admission, route), admission }
  },
)

/** Whose key the front door has admitted to a route under /v1. @throws AresError `unauthorized`, `forbidden` */
export function admitTenant(admission: Admission, route: string): Caller {
  admission.route = route
  const { caller, method } = admission
  if (!caller) throw new AresError('unauthorized', 'An API key is required.')
  if (caller.powers) requireScope(caller.powers, method, route)
  return caller
}

/** Asserts that the front door admitted the admin secret. For every group under /api/admin. */
export const adminGuard = new Elysia({ name: 'admin-guard' }).derive(
  { as: 'scoped' },
  ({ request, route }) => {
    const admission = admissionOf(request)
    admission.route = route
    if (!admission.isAdmin) throw new AresError('unauthorized', 'The admin secret is required.')
    return { admission }
  },
)
