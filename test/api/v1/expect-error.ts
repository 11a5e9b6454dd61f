import { expect } from 'bun:test'
import { ErrorReply } from '../../../src/http/documented.ts'
import { expectReply } from '../../expect-reply.ts'

/** A refusal of that status and code, in the one form that refusals have; one that passes says when. */
export async function expectError(response: Response, status: number, code: string) {
  const body = await expectReply(response, status, ErrorReply)
  expect(body.code).toBe(code)
  expect(body.request_id).toBe(response.headers.get('x-request-id')!)
  // A provider's own words may follow, which need not be a sentence.
  expect(body.error).toMatch(/^[A-Za-z/].{5,}/)
  if (status === 503 || status === 429) {
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  }
  return body
}
