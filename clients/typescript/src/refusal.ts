import type { paths } from './openapi.ts'

type ErrorBody = paths['/v1/chat']['post']['responses'][422]['content']['application/json']

/** The server said no, or an answer broke off. `message` is its sentence for a person. */
export class AresRefusal extends Error {
  override readonly name = 'AresRefusal'
  /** 200 when a stream had begun. */
  readonly status: number
  /** Stable, snake_case; undefined when a stream broke off. */
  readonly code: ErrorBody['code'] | undefined
  /** To be named when asking the operator. */
  readonly requestId: string | null
  /** For 422: each mistake, where and what is allowed. */
  readonly details: NonNullable<ErrorBody['details']>
  /** For 429 and 503: when to ask again. */
  readonly retryAfterSeconds: number | null

  constructor(response: Response, body: Partial<ErrorBody>) {
    super(body.error ?? `The server answered ${response.status}.`)
    this.status = response.status
    this.code = body.code
    this.requestId = body.request_id ?? response.headers.get('x-request-id')
    this.details = body.details ?? []
    const retryAfter = response.headers.get('retry-after')
    this.retryAfterSeconds = retryAfter === null ? null : Number(retryAfter)
  }
}

/** The refusal that a body tells; a proxy between may have answered with anything. */
export function refusalOf(body: unknown, response: Response): AresRefusal {
  return new AresRefusal(response, isErrorBody(body) ? body : {})
}

function isErrorBody(body: unknown): body is Partial<ErrorBody> {
  return (
    typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string'
  )
}
