import { Type, type TSchema } from '@sinclair/typebox'
import type { DocumentDecoration } from 'elysia'

/** The body of every refusal. Source: contract 3.2. */
export const ErrorReply = Type.Object({
  error: Type.String({ description: 'a sentence for a person' }),
  code: Type.String({ description: 'stable, snake_case' }),
  request_id: Type.String(),
  details: Type.Optional(
    Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
      description: 'for 422: each mistake, where and what is allowed',
    }),
  ),
})

const FAILURES = {
  400: 'The request is malformed: its JSON, its UTF-8 or its Host.',
  401: 'Credentials are missing, wrong, expired or revoked.',
  403: 'The tenant is suspended, or the API key is limited and may not do this.',
  404: 'It is not there, or not yours.',
  409: 'It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  422: 'Well-formed but invalid; `details` says where.',
  429: 'The rate limit or a quota is used up; see `Retry-After`.',
  502: 'The provider failed.',
  503: 'Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`.',
  504: 'The provider timed out.',
} as const

type FailureStatus = keyof typeof FAILURES

/** What a route may answer besides success. */
export interface Documentation {
  summary: string
  description?: string
  tags: [string]
  /** The schema of each successful status; null for one without body. */
  replies: Record<number, TSchema | null>
  failures?: FailureStatus[]
  query?: QueryParameter[]
  /** True when the route heeds `Idempotency-Key`. */
  once?: true
  /** Media type of the replies. */
  mediaType?: string
  /** The schema of an event, where the same route also answers with a stream of them. */
  streamed?: TSchema
  /** The body of refusals; that of the specified routes by default. */
  errors?: TSchema
}

export interface QueryParameter {
  name: string
  description: string
  schema: TSchema
}

export const PAGING: QueryParameter[] = [
  { name: 'page', description: 'page number', schema: Type.Integer({ minimum: 1, default: 1 }) },
  {
    name: 'per_page',
    description: 'results per page; page × per_page goes up to 10,000',
    schema: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  },
]

export function limitParameter(fallback: number): QueryParameter {
  const schema = Type.Integer({ minimum: 1, maximum: 1000, default: fallback })
  return { name: 'limit', description: 'maximum results to return', schema }
}

const IDEMPOTENCY_KEY_PARAMETER = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  description:
    'Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`.',
  schema: Type.String({ minLength: 1, maxLength: 255, pattern: '^[\\x20-\\x7e]+$' }),
}

/** The OpenAPI description of a route. Reply schemas document; tests hold every reply against them. */
export function documented(doc: Documentation): { detail: DocumentDecoration } {
  const responses: Record<string, object> = {}
  for (const [status, schema] of Object.entries(doc.replies)) {
    responses[status] = success(schema, doc)
  }
  for (const status of doc.failures ?? []) {
    responses[status] = {
      description: FAILURES[status],
      content: { 'application/json': { schema: doc.errors ?? ErrorReply } },
    }
  }
  const parameters: object[] = (doc.query ?? []).map((parameter) => ({
    in: 'query',
    required: false,
    ...parameter,
  }))
  if (doc.once) parameters.push(IDEMPOTENCY_KEY_PARAMETER)
  const detail = {
    summary: doc.summary,
    tags: doc.tags,
    responses,
    ...(doc.description !== undefined && { description: doc.description }),
    ...(parameters.length > 0 && { parameters }),
  }
  return { detail: detail as DocumentDecoration }
}

function success(schema: TSchema | null, { mediaType, streamed }: Documentation): object {
  if (schema === null) return { description: 'Done.' }
  const content = {
    [mediaType ?? 'application/json']: { schema },
    ...(streamed && { 'text/event-stream': { schema: streamed } }),
  }
  return { description: 'Success.', content }
}
