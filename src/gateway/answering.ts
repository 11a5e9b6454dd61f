import type { Admission } from '../http/admission.ts'
import { ownerOf } from '../execution/owner.ts'
import { refuseIdempotencyKey } from '../idempotency/claim.ts'
import { type OnceDeps, spendOnce } from '../idempotency/once.ts'
import type { Caller } from '../caller/caller.ts'
import type { Dialect } from './form/dialect.ts'
import type { Gateway } from './gateway.ts'

export interface Answering extends OnceDeps {
  gateway: Gateway
}

interface Context<Body> {
  caller: Caller
  admission: Admission
  body: Body
  request: Request
}

/**
 * The handler of a surface: a whole answer, once for each `Idempotency-Key`, or a stream.
 *
 * @param relayedHeaders those that a provider of the client's own family gets too
 */
export function answering<Body extends { model: string; stream?: boolean | null }>(
  deps: Answering,
  dialect: Dialect<Body>,
  relayedHeaders?: (headers: Headers) => Record<string, string> | undefined,
): (context: Context<Body>) => Promise<object> {
  return async (context) => {
    const { body, request } = context
    const asked = { dialect, body, relayedHeaders: relayedHeaders?.(request.headers) }
    if (body.stream === true) {
      refuseIdempotencyKey(request)
      return deps.gateway.stream(ownerOf(context), asked)
    }
    return spendOnce(deps, context, (claim) =>
      deps.gateway.complete(ownerOf(context, claim), asked),
    )
  }
}
