/** What the API says of a refusal, or what became of the connection. */
export class ApiFailure extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  readonly retryAfterS: number | null
  /** Each mistake by the path of its field: `/config/model`. */
  readonly details: { path: string; message: string }[]

  constructor(
    message: string,
    parts: Partial<
      Pick<ApiFailure, 'status' | 'code' | 'requestId' | 'retryAfterS' | 'details'>
    > = {},
  ) {
    super(message)
    this.status = parts.status ?? 0
    this.code = parts.code ?? 'unreachable'
    this.requestId = parts.requestId ?? null
    this.retryAfterS = parts.retryAfterS ?? null
    this.details = parts.details ?? []
  }

  /** What is wrong with a field, if that was said. */
  of(path: string): string | undefined {
    return this.details.find((detail) => detail.path === path)?.message
  }

  /** What is wrong with a field or with an item of its list. */
  within(path: string): string | undefined {
    const found = this.details.find(
      (detail) => detail.path === path || detail.path.startsWith(`${path}/`),
    )
    return found?.message
  }
}

/** Anything thrown, as what can be shown. */
export function toFailure(thrown: unknown): ApiFailure {
  if (thrown instanceof ApiFailure) return thrown
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
    return new ApiFailure('The server did not answer within 30 seconds.', { code: 'timeout' })
  }
  if (thrown instanceof TypeError) {
    return new ApiFailure(
      'The server cannot be reached. It may be restarting, or the network is down.',
    )
  }
  return new ApiFailure(thrown instanceof Error ? thrown.message : String(thrown), {
    code: 'console',
  })
}

/** The failure that an answer without success tells of, whoever sent it. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  const body = (await response.json().catch(() => ({}))) as {
    error?: unknown
    code?: unknown
    details?: ApiFailure['details']
  }
  const sentence = sentenceIn(body.error)
  const retryAfter = Number(response.headers.get('retry-after'))
  return new ApiFailure(sentence ?? `The server answered with status ${response.status}.`, {
    status: response.status,
    code: typeof body.code === 'string' ? body.code : 'unknown',
    requestId: response.headers.get('x-request-id'),
    retryAfterS: retryAfter > 0 ? retryAfter : null,
    details: Array.isArray(body.details) ? body.details : [],
  })
}

/** The sentence of a refusal: our own form, or that of a compatible API, which puts it into an object. */
function sentenceIn(error: unknown): string | undefined {
  if (typeof error === 'string') return error
  const inner = (error as { message?: unknown } | null | undefined)?.message
  return typeof inner === 'string' ? inner : undefined
}
