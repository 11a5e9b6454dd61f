import type { AresError } from '../errors.ts'

/** An error as Google writes it. */
export interface GoogleErrorBody {
  error: {
    /** The status of the answer. */
    code: number
    message: string
    status: string
    details: GoogleErrorDetail[]
  }
}

/** What Google's clients look into: our code in capitals, each mistake, and when to ask again. */
export type GoogleErrorDetail =
  | { '@type': `${typeof TYPES}ErrorInfo`; reason: string; domain: 'ares' }
  | {
      '@type': `${typeof TYPES}BadRequest`
      fieldViolations: { field: string; description: string }[]
    }
  | { '@type': `${typeof TYPES}RetryInfo`; retryDelay: string }

const TYPES = 'type.googleapis.com/google.rpc.'

/** What Google calls the statuses that we answer with. */
const WORDS: Record<number, string> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

/** A refusal or failure in the form of Google's clients. @param status of the answer */
export function googleError(error: AresError, status: number): GoogleErrorBody {
  const message = tooLong(error) + error.message
  const word = WORDS[status] ?? 'INVALID_ARGUMENT'
  return { error: { code: status, message, status: word, details: detailsOf(error) } }
}

function detailsOf({ code, details, verdict, retryAfterS }: AresError): GoogleErrorDetail[] {
  const reason = (verdict?.code ?? code).toUpperCase()
  const told: GoogleErrorDetail[] = [{ '@type': `${TYPES}ErrorInfo`, reason, domain: 'ares' }]
  if (details) {
    const fieldViolations = details.map(({ path, message }) => ({
      field: path,
      description: message,
    }))
    told.push({ '@type': `${TYPES}BadRequest`, fieldViolations })
  }
  if (retryAfterS !== undefined) {
    told.push({ '@type': `${TYPES}RetryInfo`, retryDelay: `${retryAfterS}s` })
  }
  return told
}

/** Clients of this family shorten a conversation when they read this, whatever the provider calls it. */
function tooLong({ verdict, message }: AresError): string {
  if (verdict?.code !== 'context_length_exceeded') return ''
  return /exceeds the maximum number of tokens/i.test(message) ? '' : TOO_LONG
}

const TOO_LONG = 'The input token count exceeds the maximum number of tokens allowed: '
