import { expect, test } from 'bun:test'
import { AresError } from '../../../../src/errors.ts'
import { refuseInRelays } from '../../../../src/gateway/upstream/relay-refusals.ts'

/** The places that are refused. */
function refused(body: Record<string, unknown>): string[] {
  try {
    refuseInRelays(body, { fields: ['modalities', 'mcp_servers', 'tools'], remoteMedia: true })
    return []
  } catch (error) {
    if (!(error instanceof AresError)) throw error
    expect(error.code).toBe('invalid')
    return error.details!.map(({ path }) => path)
  }
}

const said = (...content: object[]) => ({ messages: [{ role: 'user', content }] })
const file = { type: 'document', source: { type: 'file', file_id: 'file_1' } }

test.each<[string, Record<string, unknown>, string[]]>([
  ['store', { store: true }, ['/store']],
  ['store in other words', { store: 'yes' }, ['/store']],
  ['an earlier response', { previous_response_id: 'resp_1' }, ['/previous_response_id']],
  ['a conversation', { conversation: { id: 'conv_1' } }, ['/conversation']],
  ['a stored prompt', { prompt: { id: 'pmpt_1' } }, ['/prompt']],
  [
    'models beside the one asked for',
    { models: ['a', 'b'], route: 'fallback' },
    ['/models', '/route'],
  ],
  ['a model to fall back to', { fallbacks: [{ model: 'x' }] }, ['/fallbacks']],
  ['a container', { container: 'container_1' }, ['/container']],
  [
    'a container with skills of one’s own',
    {
      container: {
        id: 'container_1',
        skills: [
          { type: 'anthropic', skill_id: 'pdf' },
          { type: 'custom', skill_id: 'skill_1' },
        ],
      },
    },
    ['/container/id', '/container/skills/1/skill_id'],
  ],
  [
    'an earlier message',
    { diagnostics: { previous_message_id: 'msg_1' } },
    ['/diagnostics/previous_message_id'],
  ],
  [
    'OpenAI’s file',
    said({ type: 'text', text: 'x' }, { type: 'file', file: { file_id: 'file-1' } }),
    ['/messages/0/content/1/file/file_id'],
  ],
  [
    'an earlier spoken answer',
    { messages: [{ role: 'assistant', audio: { id: 'audio_1' } }] },
    ['/messages/0/audio/id'],
  ],
  ['a recorded voice', { audio: { voice: { id: 'voice_1' } } }, ['/audio/voice/id']],
  ['Anthropic’s file', said(file), ['/messages/0/content/0/source/file_id']],
  [
    'a file in a tool’s result',
    said({ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'x' }, file] }),
    ['/messages/0/content/0/content/1/source/file_id'],
  ],
  [
    'a file for a container',
    said({ type: 'container_upload', file_id: 'file_1' }),
    ['/messages/0/content/0/file_id'],
  ],
  ['a file in the system prompt', { system: [file] }, ['/system/0/source/file_id']],
  [
    'files of tools',
    {
      tools: [
        { type: 'file_search', vector_store_ids: ['vs_1'] },
        { type: 'code_interpreter', container: 'cntr_1' },
        { type: 'code_interpreter', container: { type: 'auto', file_ids: ['file-1'] } },
      ],
    },
    ['/tools/0/vector_store_ids', '/tools/1/container', '/tools/2/container/file_ids'],
  ],
])('%s is refused by name', (_what, body, places) => {
  expect(refused(body)).toEqual(places)
})

test.each<[string, Record<string, unknown>]>([
  ['nothing', {}],
  ['store: false and nulls', { store: false, container: null, previous_response_id: null }],
  ['a new container', { container: { skills: [{ type: 'anthropic', skill_id: 'pdf' }] } }],
  ['a first message', { diagnostics: { previous_message_id: null } }],
  ['data', said({ type: 'file', file: { filename: 'a.pdf', file_data: 'data:;base64,AA==' } })],
  [
    'an address',
    said({ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }),
  ],
  ['a citation without a file', said({ type: 'text', citations: [{ file_id: null }] })],
  ['a voice that everybody has', { audio: { voice: 'alloy', format: 'mp3' } }],
  ['MCP servers', { mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'x' }] }],
  ['a cache key', { prompt_cache_key: 'x' }],
  ['a tool’s own field', { tools: [{ name: 't', input_schema: { properties: { file_id: {} } } }] }],
  ['a call’s own field', said({ type: 'tool_use', id: 'i', input: { file_id: 'mine' } })],
  [
    'a function’s own field',
    { tools: [{ type: 'function', function: { parameters: { properties: { file_id: {} } } } }] },
  ],
  ['a call’s id', { messages: [{ role: 'assistant', tool_calls: [{ id: 'call_1' }] }] }],
])('%s passes', (_what, body) => {
  expect(refused(body)).toEqual([])
})
