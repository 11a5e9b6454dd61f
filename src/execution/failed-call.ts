import type { ProviderTrouble } from '../alerts/provider-health.ts'
import { ProviderError, type ProviderFailure } from '../providers/provider.ts'
import { RunStopped } from './in-flight.ts'

/** Told how each provider call ended. */
export interface ProviderWatch {
  succeeded(provider: string): Promise<void>
  failed(provider: string, trouble: ProviderTrouble): Promise<void>
}

/** Why a run failed; kept as its `error_code`. */
export type RunFailure = ProviderFailure | RunStopped['failure'] | 'too_many_steps' | 'internal'

/** Why a provider's call was the end of a run. */
export interface FailedCall {
  ok: false
  failure: RunFailure
  /** A sentence for the tenant. */
  error: string
  /** What the provider answered with, where that was the failure. */
  status?: number | null
  /** What the provider named its fault, and the field that it finds wrong. */
  verdict?: { code: string | null; param: string | null } | null
  /** When the provider wants to be asked again, in whole seconds. */
  retryAfterS?: number | undefined
  cause?: unknown
}

/** What a thrown error means for the run, after the provider's watch has been told. Never throws. */
export async function failedCall(
  error: unknown,
  { provider, signal, health }: { provider: string; signal: AbortSignal; health: ProviderWatch },
): Promise<FailedCall> {
  if (!(error instanceof ProviderError)) return ourFault(error)
  if (countsAgainstProvider(error)) await health.failed(provider, troubleOf(error))
  const stopped: unknown = signal.reason
  const { failure, message } =
    error.failure === 'aborted' && stopped instanceof RunStopped ? stopped : error
  const { status, verdict, retryAfterS, cause } = error
  return { ok: false, failure, error: message, status, verdict, retryAfterS, cause }
}

/** A failure that no provider has caused. */
export function ourFault(cause: unknown): FailedCall {
  return { ok: false, failure: 'internal', error: 'Something went wrong on our side.', cause }
}

function troubleOf({ failure, status }: ProviderError): ProviderTrouble {
  if (status === 401 || status === 403) return 'key_refused'
  return failure === 'unreachable' ? 'unreachable' : 'failing'
}

const CALLERS_FAULT = new Set([400, 413, 422])

/** True for a request that the provider finds wrong. */
export function isCallersFault(status: number | null | undefined): boolean {
  return typeof status === 'number' && CALLERS_FAULT.has(status)
}

/** Requests that the provider finds wrong, and those we gave up ourselves, say nothing about its health. */
function countsAgainstProvider({ failure, status }: ProviderError): boolean {
  if (failure === 'aborted' || failure === 'not_configured') return false
  return !isCallersFault(status)
}
