import { expect, test } from 'bun:test'
import { AresError, type ErrorDetail, invalid } from '../../../../src/errors.ts'
import { inClientsPlaces } from '../../../../src/gateway/form/client-places.ts'

const placeOf = (path: string) =>
  path === '/stop' ? '/stop_sequences' : path.startsWith('/messages') ? '/messages' : path

function told(error: unknown): unknown {
  try {
    inClientsPlaces(placeOf, () => {
      throw error
    })
  } catch (thrown) {
    return thrown
  }
  return undefined
}

function list(...details: ErrorDetail[]): AresError {
  const sentence = details.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return new AresError('invalid', `${sentence}.`, { details })
}

test('what works is handed on', () => {
  expect(inClientsPlaces(placeOf, () => 7)).toBe(7)
})

test('places are the client’s, in the list and in the sentence', () => {
  const why = { message: 'no' }
  expect(told(list({ path: '/stop', ...why }, { path: '/seed', ...why }))).toMatchObject({
    code: 'invalid',
    message: '/stop_sequences: no; /seed: no.',
    details: [
      { path: '/stop_sequences', ...why },
      { path: '/seed', ...why },
    ],
  })
})

test('what stands at one place is told once', () => {
  const why = { message: 'this reads text only' }
  const given = list({ path: '/messages/1/content/0', ...why }, { path: '/messages/4/x', ...why })
  expect(told(given)).toMatchObject({
    message: '/messages: this reads text only.',
    details: [{ path: '/messages', ...why }],
  })
})

test('a sentence without places stays', () => {
  const given = invalid('/stop', 'The model m does not stop.')
  expect(told(given)).toMatchObject({
    message: 'The model m does not stop.',
    details: [{ path: '/stop_sequences', message: 'The model m does not stop.' }],
  })
})

test('other errors pass as they are', () => {
  for (const error of [new AresError('agent_paused', 'This agent is paused.'), new Error('x')]) {
    expect(told(error)).toBe(error)
  }
})
