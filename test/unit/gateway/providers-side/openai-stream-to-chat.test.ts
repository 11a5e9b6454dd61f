import { expect, test } from 'bun:test'
import { OpenAiStreamToChat } from '../../../../src/gateway/providers-side/openai-stream-to-chat.ts'

const META = { id: 'chatcmpl-1', created: 1, model: 'm' }

function pushed(...deltas: object[]) {
  const stream = new OpenAiStreamToChat(META)
  return deltas
    .flatMap((delta) => stream.push(JSON.stringify({ choices: [{ index: 0, delta }] })))
    .map(({ choices }) => choices[0]!)
}

test('text as a string, as null and as parts', () => {
  const texts = pushed({ content: 'a' }, { content: null }, { content: [{ text: 'b' }] })
  expect(texts.map(({ delta }) => delta.content)).toEqual(['a', '', 'b'])
})

test('the ends and what says nothing', () => {
  const stream = new OpenAiStreamToChat(META)
  const finished = (finish_reason: string) =>
    stream.push(JSON.stringify({ choices: [{ delta: {}, finish_reason }] }))[0]!.choices[0]!
  expect(finished('model_length').finish_reason).toBe('length')
  expect(finished('of tomorrow').finish_reason).toBe('stop')
  expect(stream.push('[DONE]')).toEqual([])
  expect(stream.push('{"choices":[],"usage":{}}')).toEqual([])
})

test('a refusal and logprobs pass', () => {
  const stream = new OpenAiStreamToChat(META)
  const choice = { delta: { refusal: 'No.' }, logprobs: { content: [] } }
  const [chunk] = stream.push(JSON.stringify({ choices: [choice] }))
  expect(chunk).toMatchObject({ ...META, choices: [choice] })
})

function call(id: string | undefined, name: string | undefined, args: unknown) {
  return { tool_calls: [{ id, function: { name, arguments: args } }] }
}

test('fragments of tool calls without index belong together', () => {
  const calls = pushed(
    call('a', 'f', ''),
    call(undefined, 'f', '{"x"'),
    call(undefined, undefined, ':1}'),
    call('b', 'g', { y: 2 }),
  ).map(({ delta }) => delta.tool_calls![0]!)
  expect(calls).toEqual([
    { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } },
    { index: 0, function: { arguments: '{"x"' } },
    { index: 0, function: { arguments: ':1}' } },
    { index: 1, id: 'b', type: 'function', function: { name: 'g', arguments: '{"y":2}' } },
  ])
})
