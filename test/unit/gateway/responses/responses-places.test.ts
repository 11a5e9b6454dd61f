import { expect, test } from 'bun:test'
import { placeInResponse } from '../../../../src/gateway/responses/responses-places.ts'

test.each([
  ['/response_format', '/text/format'],
  ['/response_format/json_schema/schema', '/text/format/schema'],
  ['/response_format/type', '/text/format/type'],
  ['/verbosity', '/text/verbosity'],
  ['/reasoning_effort', '/reasoning/effort'],
  ['/max_tokens', '/max_output_tokens'],
  ['/tools', '/tools'],
  ['/tools/2/function/parameters', '/tools/2/parameters'],
  ['/tool_choice/function/name', '/tool_choice/name'],
  ['/messages/3/content/0', '/input'],
  ['/temperature', '/temperature'],
  ['/model', '/model'],
  ['/text/format', '/text/format'],
  ['/input', '/input'],
])('what chat completions call %s stands at %s', (chat, response) => {
  expect(placeInResponse(chat, {})).toBe(response)
})

test('token probabilities are asked for in either of two fields', () => {
  expect(placeInResponse('/logprobs', { include: ['message.output_text.logprobs'] })).toBe(
    '/include',
  )
  expect(placeInResponse('/logprobs', { include: null })).toBe('/top_logprobs')
  expect(placeInResponse('/top_logprobs', {})).toBe('/top_logprobs')
})
