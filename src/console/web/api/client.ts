import { credentialHeader, type Session, session, signOut } from '../session.ts'
import { failureOf, toFailure } from './failure.ts'
import { forgetAnswers } from './resource.ts'
import type { Api } from './types.ts'

/** `GET /api/admin/tenants/{id}`. */
export type Operation = keyof Api
export type Reply<O extends Operation> = Api[O]['reply']

/** What an operation needs, and what it may be given. */
export type Call<O extends Operation> = (O extends `${string}{${string}`
  ? { path: Api[O]['path'] }
  : { path?: undefined }) &
  (Api[O]['body'] extends undefined ? { body?: undefined } : { body: Api[O]['body'] }) & {
    query?: Query
    signal?: AbortSignal
    /** Sent as `Idempotency-Key`: repeating the call does nothing twice. */
    once?: string
    /** Other than the signed-in one. */
    as?: Pick<Session, 'kind' | 'secret'>
  }

interface AnyCall extends Omit<Call<'GET /v1/me'>, 'path' | 'body'> {
  path?: Record<string, string>
  body?: unknown
}

/** Empty values are left out. */
export type Query = Record<string, string | number | boolean | null | undefined>

const TIMEOUT_MS = 30_000

/** Asks the API. @throws ApiFailure */
export async function call<O extends Operation>(operation: O, call: Call<O>): Promise<Reply<O>> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS)
  const signal = call.signal ? AbortSignal.any([call.signal, deadline]) : deadline
  const response = await send(operation, { ...call, signal })
  try {
    if (response.status === 204) return undefined
    return (await response.json()) as Reply<O>
  } catch (error) {
    throw toFailure(error)
  }
}

/** The successful answer to an operation, unread. A refused credential ends the session. @throws ApiFailure */
export async function send<O extends Operation>(operation: O, call: Call<O>): Promise<Response> {
  const { path, query, body, signal, once, as = session.value } = call as AnyCall
  const [method, template] = operation.split(' ') as [string, string]
  const response = await fetch(addressOf(template, path, query), {
    method,
    headers: {
      ...(as ? credentialHeader(as) : {}),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(once !== undefined && { 'idempotency-key': once }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
  }).catch((error: unknown) => {
    throw toFailure(error)
  })
  if (response.ok) {
    if (method !== 'GET') forgetAnswers()
    return response
  }
  const failure = await failureOf(response)
  if (failure.status === 401 && as !== null && as === session.value) signOut(failure.message)
  throw failure
}

function addressOf(
  template: string,
  parts: Record<string, string> = {},
  query: Query = {},
): string {
  const address = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parts[name] ?? ''),
  )
  const search = searchOf(query)
  return search === '' ? address : `${address}?${search}`
}

/** A query string without the empty values. */
export function searchOf(query: Query): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return new URLSearchParams(entries).toString()
}

/** A key that makes a call safe to repeat. Not `crypto.randomUUID`: plain http on a network address has none. */
export function newOnceKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
