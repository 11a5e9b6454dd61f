import { takesApiKeyHeader } from './error-forms.ts'

/** What a request presents as a key: in `Authorization`, or in `x-api-key` where Anthropic's clients ask and the other is missing. */
export function presentedKey(headers: Headers, path: string): string | undefined {
  if (headers.has('authorization') || !takesApiKeyHeader(path)) return bearerSecret(headers)
  return headers.get('x-api-key') ?? undefined
}

/** What the `Authorization` header presents as a key, whether it is one or not. */
export function bearerSecret(headers: Headers): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(headers.get('authorization') ?? '')?.[1]
}
