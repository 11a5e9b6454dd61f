import type { Admission } from '../http/admission.ts'
import { presentedKey } from '../http/presented-key.ts'
import { type ErrorForm, errorFormOf } from '../http/error-forms.ts'
import { IDEMPOTENCY_KEY } from '../http/json-body.ts'
import { AresError, invalid } from '../errors.ts'
import { type SealKey, sealKeyOf } from './seal.ts'

/** What a request with an `Idempotency-Key` lays claim to: that it alone is executed, and its reply. */
export interface Claim {
  /** SHA-256 of whose request, to which route, with which key. */
  id: string
  /** SHA-256 of the body, byte for byte. */
  bodyHash: string
  /** Of the request that makes the claim: errors carry it. */
  requestId: string
  /** How its route writes errors. */
  errorForm: ErrorForm
  sealKey: SealKey
}

/** Keys of operators belong to no tenant. No tenant's id is this. */
const ADMIN_SCOPE = 'admin'
/** Where validation errors point to. */
const PLACE = '/Idempotency-Key'

/** @throws AresError `invalid` for a key that is empty, too long or not printable ASCII */
export function claimOf(request: Request, admission: Admission, key: string): Claim {
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw invalid(PLACE, 'Idempotency-Key is 1 to 255 printable ASCII characters.')
  }
  const { caller, path, requestId } = admission
  const scope = caller?.tenantId ?? ADMIN_SCOPE
  const credential = caller
    ? presentedKey(request.headers, path)
    : request.headers.get('x-admin-secret')
  return {
    id: Bun.CryptoHasher.hash('sha256', JSON.stringify([scope, path, key]), 'hex'),
    bodyHash: admission.bodyHash!,
    requestId,
    errorForm: errorFormOf(path, request.headers),
    // The front door has verified it.
    sealKey: sealKeyOf(credential!, key),
  }
}

/** For a route whose reply cannot be kept. @throws AresError `invalid` when the header is there */
export function refuseIdempotencyKey({ headers }: Request): void {
  if (headers.has(IDEMPOTENCY_KEY)) {
    throw invalid(PLACE, 'A stream cannot be answered again: send no Idempotency-Key here.')
  }
}

/** The key is known, but not with this request. */
export function misused(how: 'another body' | 'another credential'): AresError {
  return invalid(PLACE, `This Idempotency-Key was used with ${how} in the last 24 hours.`)
}

/** Seconds until it is worth asking again for the reply of a request that is under way. */
const RETRY_S = 1

export function underWay(cause?: unknown): AresError {
  return new AresError('conflict', 'A request with this Idempotency-Key is under way.', {
    cause,
    retryAfterS: RETRY_S,
  })
}
