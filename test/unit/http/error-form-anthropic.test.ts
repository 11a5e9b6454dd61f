import { expect, test } from 'bun:test'
import { AresError, type ErrorCode, invalid } from '../../../src/errors.ts'
import { messageErrorBody } from '../../../src/http/error-form-anthropic.ts'

test.each<[ErrorCode, string]>([
  ['invalid', 'invalid_request_error'],
  ['unauthorized', 'authentication_error'],
  ['forbidden', 'permission_error'],
  ['not_found', 'not_found_error'],
  ['body_too_large', 'request_too_large'],
  ['rate_limited', 'rate_limit_error'],
  ['quota_tokens_exceeded', 'rate_limit_error'],
  ['provider_failed', 'api_error'],
  ['provider_timeout', 'timeout_error'],
  ['overloaded', 'overloaded_error'],
])('%s is %s', (code, type) => {
  expect(messageErrorBody(new AresError(code, 'A sentence.'), 'req-1')).toEqual({
    type: 'error',
    error: { type, message: 'A sentence.' } as never,
    request_id: 'req-1',
  })
})

test('a refused thread is said so that the client sends the whole conversation instead', () => {
  const { error } = messageErrorBody(invalid('/thread', 'expected null'), 'req-1')
  expect(error.details).toEqual({
    error_code: 'thread_unsupported_request',
    unsupported: ['thread'],
  })
})

test('several mistakes are all named', () => {
  const details = [
    { path: '/top_k', message: 'not here' },
    { path: '/speed', message: 'nor this' },
  ]
  const error = new AresError('invalid', '/top_k: not here.', { details })
  expect(messageErrorBody(error, 'req-1').error.message).toBe('/top_k: not here; /speed: nor this.')
})
