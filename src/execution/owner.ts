import type { Caller } from '../caller/caller.ts'
import type { Admission } from '../http/admission.ts'
import { type RunProgress, progressOf } from '../http/run-progress.ts'
import type { Claim } from '../idempotency/claim.ts'

/** Who holds a place among the runs under way. */
export interface PlaceHolder {
  tenantId: string
  /** Aborts when nobody waits for the answer any more; null when that ends nothing, as for a run in the background. */
  gone: AbortSignal | null
}

/** Who wants a run: on whose account it is executed, for how long, and who is told of it. */
export interface Owner extends Pick<PlaceHolder, 'gone'> {
  caller: Caller
  /** Of a request with an `Idempotency-Key`. */
  claim?: Claim | undefined
  /** Of the request; errors inside a stream carry it. */
  requestId: string
  progress: RunProgress
}

/** The client of a request, who wants its run until it disconnects. */
export function ownerOf(
  { caller, admission, request }: { caller: Caller; admission: Admission; request: Request },
  claim?: Claim,
): Owner {
  const { requestId } = admission
  return { caller, gone: request.signal, claim, requestId, progress: progressOf(admission) }
}
