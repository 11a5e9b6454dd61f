import type { Caller } from '../tenants/caller.ts'
import { AresError } from '../errors.ts'

/** What the front door found out about a request before any of its body was read. */
export interface Admission {
  requestId: string
  /** As routed: from our own derivation, without query and trailing slash. */
  path: string
  /** Of the client, behind trusted proxies. */
  address: string
  startedMs: number
  maxBodyBytes: number
  /** Set on /v1 once the key verified. */
  caller?: Caller
  /** Set on /api/admin once the secret matched. */
  isAdmin?: true
  /** The pattern of the route, set by the group's guard; for the log. */
  route?: string
  /** Spent by this request; for the log. */
  tokens?: number
  /** A stream is under way: its end writes the log line. */
  streaming?: true
  /** A part of the body has arrived: the server's idle time-out begins anew. */
  stillReading: () => void
  /** Lifts the server's idle time-out: a request whose body is in may take as long as its own deadlines allow. */
  holdOpen: () => void
  /** Writes the log line; a stream calls it at its end. */
  finish: (status: number) => void
}

const admissions = new WeakMap<Request, Admission>()

export function admit(request: Request, admission: Admission): void {
  admissions.set(request, admission)
}

/** The admission of a request in flight. Nothing reaches a route without one. */
export function admissionOf(request: Request): Admission {
  const admission = admissions.get(request)
  if (!admission)
    throw new AresError('internal', 'The request did not come through the front door.')
  return admission
}
