import { AresError, type ErrorCode } from '../../errors.ts'
import { runError } from '../../execution/run-error.ts'
import { type FailedCall, isCallersFault } from '../../execution/failed-call.ts'

/** Seconds until a client may try again, where the provider does not say. */
const RETRY_S = 5

/** What a provider says with these is said on: its clients know how to wait. Anthropic has a status of its own. */
const LATER: ReadonlyMap<number, ErrorCode> = new Map([
  [429, 'provider_rate_limited'],
  [503, 'provider_overloaded'],
  [529, 'provider_overloaded'],
])

/** A failed answer as the error a compatible surface answers with: what the provider finds wrong is the caller's to mend. */
export function gatewayError(failed: FailedCall): AresError {
  const { failure, error, status, verdict, cause, retryAfterS = RETRY_S } = failed
  if (failure !== 'rejected') return runError(failed)
  if (isCallersFault(status)) return new AresError('bad_request', error, { verdict })
  const later = LATER.get(status ?? 0)
  return later ? new AresError(later, error, { cause, retryAfterS }) : runError(failed)
}
