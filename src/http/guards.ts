import { Elysia } from 'elysia'
import { AresError } from '../errors.ts'
import { admissionOf } from './admission.ts'
import { requireScope } from '../caller/scopes.ts'

/** Asserts that the front door admitted a tenant's key and that it has the route's scope, and hands the caller on. For every group under /v1. */
export const tenantGuard = new Elysia({ name: 'tenant-guard' }).derive(
  { as: 'scoped' },
  ({ request, route }) => {
    const admission = admissionOf(request)
    admission.route = route
    const { caller } = admission
    if (!caller) throw new AresError('unauthorized', 'An API key is required.')
    if (caller.powers) requireScope(caller.powers, request.method, route)
    return { caller, admission }
  },
)

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
