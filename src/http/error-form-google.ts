import type { AresError } from '../errors.ts'

/** An error as Google writes it. */
export interface GoogleErrorBody {
  error: {
    /** The status of the answer. */
    code: number
    message: string
    status: string
    details?: { field: string; description: string }[]
  }
}

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
export function googleError({ message, details }: AresError, status: number): GoogleErrorBody {
  const fields = details?.map(({ path, message: description }) => ({ field: path, description }))
  return {
    error: {
      code: status,
      message,
      status: WORDS[status] ?? 'INVALID_ARGUMENT',
      ...(fields && { details: fields }),
    },
  }
}
