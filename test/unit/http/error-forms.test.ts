import { expect, test } from 'bun:test'
import { AresError, invalid } from '../../../src/errors.ts'
import { messageErrorBody } from '../../../src/http/error-form-anthropic.ts'
import { errorFormOf, openAiError, takesApiKeyHeader } from '../../../src/http/error-forms.ts'

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
] as const)('errors at %s have the form of %s', (path, form) => {
  expect(errorFormOf(path, PLAIN)).toBe(form)
})

test('only the models are told by the version', () => {
  expect(errorFormOf('/v1/models', VERSION)).toBe('anthropic')
  expect(errorFormOf('/v1/chat/completions', VERSION)).toBe('openai')
  expect(errorFormOf('/v1/chat', VERSION)).toBe('ares')
  expect(takesApiKeyHeader('/v1/models')).toBe(true)
  expect(takesApiKeyHeader('/v1/chat/completions')).toBe(false)
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
