import { expect, test } from 'bun:test'
import { printedEnv, printedSettings } from './large/printed-settings.ts'

/* The settings that `docs/clients.md` prints are read as their clients read them; `bun run test:clients` runs them. */

const PLACE = { url: 'http://127.0.0.1:4000', key: 'ares_key', model: 'some-model' }

test('of Codex', () => {
  expect(Bun.TOML.parse(printedSettings('Codex', PLACE))).toMatchObject({
    model: 'some-model',
    model_providers: {
      ares: { base_url: 'http://127.0.0.1:4000/v1', env_key: 'ARES_KEY', wire_api: 'responses' },
    },
  })
})

test('of opencode and pi', () => {
  expect(JSON.parse(printedSettings('opencode', PLACE))).toMatchObject({
    provider: { ares: { options: { baseURL: 'http://127.0.0.1:4000/v1' } } },
  })
  expect(JSON.parse(printedSettings('pi', PLACE))).toMatchObject({
    providers: { ares: { baseUrl: 'http://127.0.0.1:4000/v1', models: [{ id: 'some-model' }] } },
  })
})

test('of Continue', () => {
  expect(Bun.YAML.parse(printedSettings('Continue', PLACE))).toMatchObject({
    models: [{ model: 'some-model', apiBase: 'http://127.0.0.1:4000/v1', apiKey: 'ares_key' }],
  })
})

test('of those that read variables', () => {
  expect(printedEnv('Claude Code', PLACE)).toEqual({
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:4000',
    ANTHROPIC_AUTH_TOKEN: 'ares_key',
    ANTHROPIC_MODEL: 'some-model',
  })
  expect(printedEnv('qwen-code', PLACE)).toMatchObject({ OPENAI_MODEL: 'some-model' })
  expect(printedEnv('gemini-cli', PLACE)).toMatchObject({ GEMINI_API_KEY: 'ares_key' })
})
