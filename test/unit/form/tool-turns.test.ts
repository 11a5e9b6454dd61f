import { expect, test } from 'bun:test'
import { type Message, textMessage } from '../../../src/form/parts.ts'
import { withResultsInPlace } from '../../../src/form/tool-turns.ts'

const asks = (...ids: string[]): Message => ({
  role: 'assistant',
  parts: ids.map((id) => ({ type: 'tool_call', id, name: 'find', arguments: '{}' })),
})
const answers = (...ids: string[]): Message => ({
  role: 'tool',
  parts: ids.map((callId) => ({ type: 'tool_result', callId, content: [] })),
})
const user = textMessage('user', 'Hello')
const system = textMessage('system', 'Be brief.')

test.each<[string, Message[], Message[]]>([
  ['nothing', [], []],
  [
    'no calls',
    [system, user, textMessage('assistant', 'Hi')],
    [system, user, textMessage('assistant', 'Hi')],
  ],
  [
    'one by one',
    [user, asks('a', 'b'), answers('a'), answers('b'), user],
    [user, asks('a', 'b'), answers('a', 'b'), user],
  ],
  ['out of order', [asks('a', 'b'), answers('b', 'a')], [asks('a', 'b'), answers('a', 'b')]],
  [
    'with words in between',
    [asks('a', 'b'), system, answers('b'), user, answers('a')],
    [asks('a', 'b'), answers('a', 'b'), system, user],
  ],
  [
    'each behind its own answer',
    [asks('a'), answers('a'), asks('b'), user, answers('b'), answers('a')],
    [asks('a'), answers('a'), asks('b'), answers('b'), user, answers('a')],
  ],
  ['an answer to nobody stays', [user, answers('x'), asks('a')], [user, answers('x'), asks('a')]],
  [
    'a call without an answer stays',
    [asks('a', 'b'), answers('b')],
    [asks('a', 'b'), answers('b')],
  ],
])('%s', (_, given, arranged) => {
  expect(withResultsInPlace(given)).toEqual(arranged)
})
