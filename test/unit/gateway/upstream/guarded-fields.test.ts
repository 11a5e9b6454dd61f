import { describe, expect, test } from 'bun:test'
import type { Allowances } from '../../../../src/config/config.ts'
import {
  ALLOWED_FIELD_PATTERN,
  allowsRemoteMedia,
  GUARDED_FIELDS,
} from '../../../../src/config/guarded-fields.ts'
import { AresError } from '../../../../src/errors.ts'
import { Notes } from '../../../../src/form/notes.ts'
import { withoutHostedTools } from '../../../../src/gateway/upstream/hosted-tools.ts'
import { refuseInRelays } from '../../../../src/gateway/upstream/relay-refusals.ts'

const NOTHING: Allowances = { fields: [], remoteMedia: false }

/** The tools that are left, and where the others stood. */
function leftOut(body: Record<string, unknown>, allows: Partial<Allowances> = {}): object {
  const notes = new Notes()
  const kept = withoutHostedTools(body, { ...NOTHING, ...allows }, notes)
  return { ...kept, told: notes.leftOut }
}

/** The places that are refused. */
function refused(body: Record<string, unknown>, allows: Partial<Allowances> = {}): string[] {
  try {
    refuseInRelays(body, { ...NOTHING, ...allows })
    return []
  } catch (error) {
    if (!(error instanceof AresError)) throw error
    expect(error.code).toBe('invalid')
    return error.details!.map(({ path }) => path)
  }
}

describe.each(Object.keys(GUARDED_FIELDS))('%s', (field) => {
  test('is refused by name, passes where it is allowed, and where it says nothing', () => {
    for (const value of ['x', 7, true, { url: 'http://127.0.0.1' }, ['audio']]) {
      expect(refused({ [field]: value })).toEqual([`/${field}`])
      expect(refused({ [field]: value }, { fields: [field] })).toEqual([])
      expect(refused({ [field]: value }, { fields: ['tools'] })).toEqual([`/${field}`])
    }
    for (const value of [null, []]) expect(refused({ [field]: value })).toEqual([])
    for (const value of GUARDED_FIELDS[field]!.neutral ?? []) {
      expect(refused({ [field]: value })).toEqual([])
    }
  })
})

test.each<[string, Record<string, unknown>]>([
  ['the ordinary tier', { service_tier: 'auto' }],
  ['the default tier', { service_tier: 'default' }],
  ['the ordinary speed', { speed: 'standard' }],
  ['one answer', { best_of: 1 }],
  ['text only', { modalities: ['text'] }],
])('%s passes', (_what, body) => {
  expect(refused(body)).toEqual([])
})

describe('tools', () => {
  test.each<[string, object]>([
    ['a function', { type: 'function', function: { name: 'f' } }],
    ['a tool without a type', { name: 't', input_schema: {} }],
    ['a custom tool', { type: 'custom', custom: { name: 'c' } }],
    ['a shell of the client’s', { type: 'bash_20250124', name: 'bash' }],
    ['an editor of the client’s', { type: 'text_editor_20250728', name: 'editor' }],
    ['the client’s memory', { type: 'memory_20250818', name: 'memory' }],
    ['a search among the request’s own', { type: 'tool_search_tool_regex_20251119', name: 's' }],
  ])('%s passes', (_what, tool) => {
    expect(refused({ tools: [tool] })).toEqual([])
  })

  test.each([
    'web_search',
    'web_search_20250305',
    'web_fetch_20250910',
    'code_execution_20250825',
    'code_interpreter',
    'browser_search',
    'builtin_function',
    'openrouter:web_search',
    'mcp',
    'a_tool_of_tomorrow',
  ])('%s is the provider’s, and passes where it is allowed', (type) => {
    const tools = [{ name: 'mine' }, { type }]
    const forced = { tools, tool_choice: 'required' }
    expect(refused(forced)).toEqual(['/tools/1/type'])
    expect(refused(forced, { fields: ['tools'] })).toEqual([])
    expect(leftOut({ tools })).toEqual({ tools: [{ name: 'mine' }], told: ['/tools/1'] })
    expect(leftOut({ tools }, { fields: ['tools'] })).toEqual({ tools, told: [] })
    const name = `tools.${type.replace(/_\d{8}$/, '')}`
    expect(name).toMatch(new RegExp(ALLOWED_FIELD_PATTERN))
    expect(refused(forced, { fields: [name] })).toEqual([])
    expect(refused(forced, { fields: ['tools.other'] })).toEqual(['/tools/1/type'])
  })

  test.each([
    ['nothing is said of a choice', undefined, []],
    ['the model may choose', 'auto', []],
    ['the model may choose, as Anthropic says it', { type: 'auto' }, []],
    ['no tool may be called', { type: 'none' }, []],
    ['some tool has to be called', { type: 'any' }, ['/tools/0/type']],
    ['this tool has to be called', { type: 'tool', name: 'x' }, ['/tools/0/type']],
  ])('where %s', (_what, choice, places) => {
    expect(refused({ tools: [{ type: 'web_search' }], tool_choice: choice })).toEqual(places)
  })

  test('where none is left, nothing is said of a choice', () => {
    const body = { tools: [{ type: 'web_search' }], tool_choice: 'auto', stream: true }
    expect(withoutHostedTools(body, NOTHING, new Notes())).toEqual({ stream: true })
  })
})

const said = (...content: object[]) => ({ messages: [{ role: 'user', content }] })
const URL = 'http://169.254.169.254/latest/meta-data'

describe('addresses', () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      'OpenAI’s image',
      said({ type: 'image_url', image_url: { url: URL } }),
      '/messages/0/content/0/image_url',
    ],
    [
      'an image as text',
      said({ type: 'image_url', image_url: URL }),
      '/messages/0/content/0/image_url',
    ],
    [
      'a file of the server’s',
      said({ type: 'image_url', image_url: { url: 'file:///etc/passwd' } }),
      '/messages/0/content/0/image_url',
    ],
    [
      'a path',
      said({ type: 'image_url', image_url: { url: '//host/x' } }),
      '/messages/0/content/0/image_url',
    ],
    [
      'a video',
      said({ type: 'video_url', video_url: { url: URL } }),
      '/messages/0/content/0/video_url',
    ],
    ['frames of one', said({ type: 'video', video: [URL] }), '/messages/0/content/0/video/0'],
    [
      'a sound',
      said({ type: 'audio_url', audio_url: { url: URL } }),
      '/messages/0/content/0/audio_url',
    ],
    [
      'a document',
      said({ type: 'document_url', document_url: URL }),
      '/messages/0/content/0/document_url',
    ],
    [
      'a file in place of its content',
      said({ type: 'file', file: { file_data: URL } }),
      '/messages/0/content/0/file/file_data',
    ],
    [
      'Anthropic’s image',
      said({ type: 'image', source: { type: 'url', url: URL } }),
      '/messages/0/content/0/source',
    ],
    [
      'Anthropic’s document in a tool’s result',
      said({
        type: 'tool_result',
        content: [{ type: 'document', source: { type: 'url', url: URL } }],
      }),
      '/messages/0/content/0/content/0/source',
    ],
    [
      'one in the system prompt',
      { system: [{ type: 'document', source: { type: 'url', url: URL } }] },
      '/system/0/source',
    ],
    [
      'an image of a response’s input',
      { input: [{ role: 'user', content: [{ type: 'input_image', image_url: URL }] }] },
      '/input/0/content/0/image_url',
    ],
    [
      'a file of a response’s input',
      { input: [{ role: 'user', content: [{ type: 'input_file', file_url: URL }] }] },
      '/input/0/content/0/file_url',
    ],
  ])('%s is refused by its place, and passes where addresses do', (_what, body, place) => {
    expect(refused(body)).toEqual([place])
    expect(refused(body, { remoteMedia: true })).toEqual([])
  })

  test.each<[string, Record<string, unknown>]>([
    [
      'an image within',
      said({ type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }),
    ],
    [
      'Anthropic’s image within',
      said({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: '/9j/4A' } }),
    ],
    [
      'a document of text',
      said({ type: 'document', source: { type: 'text', data: 'https://example.com is a page' } }),
    ],
    ['a sound within', said({ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } })],
    ['a text that names one', said({ type: 'text', text: URL })],
    [
      'what was cited',
      said({
        type: 'text',
        text: 'x',
        citations: [{ type: 'web_search_result_location', url: URL }],
      }),
    ],
    [
      'what was noted of an answer',
      {
        messages: [
          {
            role: 'assistant',
            annotations: [{ type: 'url_citation', url_citation: { url: URL } }],
          },
        ],
      },
    ],
    ['what a tool is called with', said({ type: 'tool_use', id: 'i', input: { image_url: URL } })],
    [
      'the schema of a tool',
      { tools: [{ name: 't', input_schema: { properties: { image_url: {} } } }] },
    ],
    ['texts to embed', { input: [URL] }],
  ])('%s passes', (_what, body) => {
    expect(refused(body)).toEqual([])
  })
})

test.each([
  ['https://api.openai.com/v1', true],
  ['https://api.anthropic.com', true],
  ['https://generativelanguage.googleapis.com/v1beta/openai', true],
  ['https://api.openai.com.example.com/v1', false],
  ['https://api.groq.com/openai/v1', false],
  ['http://127.0.0.1:8000/v1', false],
  [null, false],
])('a provider at %s opens addresses without being allowed to: %p', (baseUrl, allowed) => {
  expect(allowsRemoteMedia(baseUrl)).toBe(allowed)
})
