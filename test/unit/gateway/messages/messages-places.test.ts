import { expect, test } from 'bun:test'
import { placeInMessages } from '../../../../src/gateway/messages/messages-places.ts'

test.each([
  ['/stop', '/stop_sequences'],
  ['/stop/1', '/stop_sequences/1'],
  ['/max_completion_tokens', '/max_tokens'],
  ['/parallel_tool_calls', '/tool_choice/disable_parallel_tool_use'],
  ['/tools', '/tools'],
  ['/tools/2/function/name', '/tools/2/name'],
  ['/tools/2/function/parameters/type', '/tools/2/input_schema/type'],
  ['/tool_choice/function/name', '/tool_choice/name'],
  ['/messages/3/content/0', '/messages'],
  ['/messages/3/tool_calls/0/function/arguments', '/messages'],
  ['/temperature', '/temperature'],
  ['/model', '/model'],
  ['/stop_sequences', '/stop_sequences'],
  ['/output_config/format', '/output_config/format'],
])('what chat completions call %s stands at %s', (chat, message) => {
  expect(placeInMessages(chat, {})).toBe(message)
})

test('the format stands where the client wrote it', () => {
  const newer = { output_config: { format: { type: 'json_schema' } } }
  expect(placeInMessages('/response_format', newer)).toBe('/output_config/format')
  expect(placeInMessages('/response_format/json_schema/schema', newer)).toBe(
    '/output_config/format/schema',
  )
  expect(placeInMessages('/response_format', { output_config: {} })).toBe('/output_format')
  expect(placeInMessages('/response_format/type', {})).toBe('/output_format/type')
})
