import { expect, test } from 'bun:test'
import { AresError, invalid } from '../../../src/errors.ts'
import { messageErrorBody } from '../../../src/http/error-form-anthropic.ts'
import { errorFormOf, openAiError, wantsRequestId } from '../../../src/http/error-forms.ts'

const PLAIN = new Headers()
const VERSION = new Headers({ 'anthropic-version': '2023-06-01' })

test.each([
  ['/v1/chat', 'ares'],
  ['/v1/chat/stream', 'ares'],
  ['/v1/chat/completions', 'openai'],
  ['/v1/chat/completions/x', 'openai'],
  ['/v1/chat/completionsx', 'ares'],
  ['/v1/models', 'openai'],
  ['/v1/models/x', 'openai'],
  ['/v1/embeddings', 'openai'],
  ['/v1/responses', 'openai'],
  ['/v1/messages', 'anthropic'],
  ['/v1/messages/count_tokens', 'anthropic'],
  ['/v1/messagesx', 'ares'],
  ['/v1/agents', 'ares'],
  ['', 'ares'],
  ['/v1beta/models/m:generateContent', 'google'],
  ['/openai/v1/nothing', 'openai'],
  ['/v1/files', 'openai'],
  ['/v1/nothing', 'ares'],
  ['/v1/agents/x/nothing', 'ares'],
] as const)('errors at %s have the form of %s', (path, form) => {
  expect(errorFormOf(path, PLAIN)).toBe(form)
})

test('only the models are told by the headers', () => {
  expect(errorFormOf('/v1/models', VERSION)).toBe('anthropic')
  expect(errorFormOf('/v1/models', new Headers({ 'x-goog-api-client': 'x' }))).toBe('google')
  expect(errorFormOf('/v1/chat/completions', VERSION)).toBe('openai')
  expect(errorFormOf('/v1/chat', VERSION)).toBe('ares')
  expect(wantsRequestId('/v1/models')).toBe(true)
  expect(wantsRequestId('/v1/chat/completions')).toBe(false)
})

test.each([
  [{ 'anthropic-version': '2023-06-01', 'x-stainless-lang': 'js' }, 'anthropic'],
  [{ 'x-stainless-lang': 'js' }, 'openai'],
  [{ 'user-agent': 'AsyncOpenAI/Python 2.1.0' }, 'openai'],
  [{ 'x-goog-api-client': 'google-genai-sdk/3.3.0' }, 'google'],
  [{ 'user-agent': 'curl/8.5.0' }, 'ares'],
] as const)('what is nowhere is told in the form of who asks: %j', (headers, form) => {
  expect(errorFormOf('/v1/nothing', new Headers(headers))).toBe(form)
  expect(errorFormOf('/v1/agents', new Headers(headers))).toBe('ares')
  expect(errorFormOf('/elsewhere', new Headers(headers))).toBe('ares')
})

test.each([
  ['/messages/0/content', 'messages[0].content'],
  ['/input/3/content/0/text', 'input[3].content[0].text'],
  ['/model', 'model'],
  ['/metadata/a~1b', 'metadata.a/b'],
  ['', null],
])('OpenAI’s clients read %s as %s', (path, param) => {
  expect(openAiError(invalid(path, 'No.'), 422).error).toEqual({
    message: 'No.',
    type: 'invalid_request_error',
    param,
    code: 'invalid',
  })
})

test.each(['No.', '/a: No.'])('Anthropic’s clients find the place in “%s”, once', (message) => {
  const error = new AresError('invalid', message, { details: [{ path: '/a', message }] })
  expect(messageErrorBody(error, 'id').error.message).toBe('/a: No.')
})
