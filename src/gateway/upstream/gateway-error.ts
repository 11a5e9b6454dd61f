import { runError } from '../../execution/run-error.ts'
import { AresError } from '../../errors.ts'
import { type FailedCall, isCallersFault } from '../../execution/failed-call.ts'

/** A failed answer as the error a compatible surface answers with: what the provider finds wrong is the caller's to mend. */
export function gatewayError(failed: FailedCall): AresError {
  if (failed.failure === 'rejected' && isCallersFault(failed.status)) {
    return new AresError('bad_request', failed.error, { verdict: failed.verdict })
  }
  return runError(failed)
}
