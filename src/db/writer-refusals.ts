import { AresError } from '../errors.ts'

/** What asks for a transaction inside of one: it would wait for itself. */
export function openAlready(): Error {
  return new Error('A transaction is open already: use its handle, or wait until it has ended.')
}

/** Seconds until a refused caller may try again: a commit takes many writes at once. */
const RETRY_S = 1

/** Too much waits to be written for anything new to begin. */
export function tooManyWaiting(): AresError {
  return new AresError('overloaded', 'Too much waits to be written; try again shortly.', {
    retryAfterS: RETRY_S,
  })
}
