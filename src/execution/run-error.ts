import { AresError } from '../errors.ts'
import type { FailedCall } from './failed-call.ts'

/** A failed run as the error that its caller gets. Runs of agents answer with the failed run instead. */
export function runError(result: FailedCall): AresError {
  const { cause } = result
  switch (result.failure) {
    case 'timeout':
      return new AresError('provider_timeout', result.error, { cause })
    case 'not_configured':
      return new AresError('provider_not_configured', result.error)
    case 'shutting_down':
    case 'lease_lost':
      return new AresError('shutting_down', result.error)
    case 'client_gone':
      return new AresError('bad_request', result.error)
    default:
      return new AresError('provider_failed', result.error, { cause, ...laterIn(result) })
  }
}

function laterIn({ retryAfterS }: FailedCall): { retryAfterS?: number } {
  return retryAfterS === undefined ? {} : { retryAfterS }
}
