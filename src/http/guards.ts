import { Elysia } from 'elysia'
import { AresError } from '../errors.ts'
import { admissionOf } from './admission.ts'

/** Asserts that the front door admitted a tenant's key, and hands the caller on. For every group under /v1. */
export const tenantGuard = new Elysia({ name: 'tenant-guard' }).derive(
  { as: 'scoped' },
  ({ request, route }) => {
    const admission = admissionOf(request)
    admission.route = route
    if (!admission.caller) throw new AresError('unauthorized', 'An API key is required.')
    return { caller: admission.caller, admission }
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
