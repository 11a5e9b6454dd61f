import { describe, expect, test } from 'bun:test'
import { assert, property, string } from 'fast-check'
import { join } from 'node:path'
import { ExpectedFailure } from '../../../src/expected-failure.ts'
import { readConfig } from '../../../src/config/read-config.ts'
import type { ImportPlan, Taken } from '../../../src/imports/plan.ts'
import { readLitellm } from '../../../src/imports/read-litellm.ts'
import { reportText } from '../../../src/imports/report.ts'
import { configToml } from '../../../src/imports/write-toml.ts'

const FIXTURE = await Bun.file(join(import.meta.dir, '../../fixtures/imports/litellm.yaml')).text()
const NOTHING_TAKEN: Taken = { providerNames: new Set(), modelOwners: new Map() }

function read(text: string, { env = {}, taken = NOTHING_TAKEN } = {}): ImportPlan {
  return readLitellm(text, { label: 'config.yaml', env, taken })
}

/** A file with one deployment of these parameters. */
function deployment(params: Record<string, unknown>, info?: Record<string, unknown>): string {
  return JSON.stringify({
    model_list: [{ model_name: 'm', litellm_params: params, model_info: info }],
  })
}

/** Why the only deployment is left out; undefined when it is not. */
function reasonFor(params: Record<string, unknown>, info?: Record<string, unknown>) {
  return read(deployment(params, info)).leftOut[0]?.why
}

describe('providers', () => {
  const cases = [
    ['openai/gpt-4o', 'https://api.openai.com/v1', 'OPENAI_API_KEY', 'gpt-4o'],
    ['gpt-4o', 'https://api.openai.com/v1', 'OPENAI_API_KEY', 'gpt-4o'],
    ['groq/llama-3.3', 'https://api.groq.com/openai/v1', 'GROQ_API_KEY', 'llama-3.3'],
    ['mistral/codestral', 'https://api.mistral.ai/v1', 'MISTRAL_API_KEY', 'codestral'],
    ['together_ai/meta/l', 'https://api.together.xyz/v1', 'TOGETHERAI_API_KEY', 'meta/l'],
    ['deepseek/deepseek-chat', 'https://api.deepseek.com/v1', 'DEEPSEEK_API_KEY', 'deepseek-chat'],
    ['openrouter/x/y:free', 'https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY', 'x/y:free'],
    ['nvidia_nim/a/b', 'https://integrate.api.nvidia.com/v1', 'NVIDIA_NIM_API_KEY', 'a/b'],
    ['anthropic/claude-x', 'https://api.anthropic.com', 'ANTHROPIC_API_KEY', 'claude-x'],
    ['claude-x', 'https://api.anthropic.com', 'ANTHROPIC_API_KEY', 'claude-x'],
    ['ollama/qwen3:8b', 'http://localhost:11434/v1', null, 'qwen3:8b'],
    [
      'fireworks_ai/qwen',
      'https://api.fireworks.ai/inference/v1',
      'FIREWORKS_API_KEY',
      'accounts/fireworks/models/qwen',
    ],
  ] as const
  test.each(cases)('%s is served by %s', (model, baseUrl, keyEnv, upstreamId) => {
    const { providers, leftOut } = read(deployment({ model }))
    expect(leftOut).toEqual([])
    expect(providers).toMatchObject([{ baseUrl, keyEnv, models: [{ id: 'm', upstreamId }] }])
  })

  test('one provider for each address and key', () => {
    const { providers } = read(
      JSON.stringify({
        model_list: [
          { model_name: 'a', litellm_params: { model: 'openai/a', api_key: 'sk-1' } },
          { model_name: 'b', litellm_params: { model: 'openai/b', api_key: 'sk-1' } },
          { model_name: 'c', litellm_params: { model: 'openai/c', api_key: 'sk-2' } },
          {
            model_name: 'd',
            litellm_params: { model: 'openai/d', api_key: 'sk-1', api_base: 'http://gpu:8000/v1/' },
          },
        ],
      }),
    )
    expect(providers.map(({ name, baseUrl, keyEnv }) => [name, baseUrl, keyEnv])).toEqual([
      ['openai', 'https://api.openai.com/v1', 'IMPORTED_OPENAI_API_KEY'],
      ['openai-2', 'https://api.openai.com/v1', 'IMPORTED_OPENAI_2_API_KEY'],
      ['openai-3', 'http://gpu:8000/v1', 'IMPORTED_OPENAI_3_API_KEY'],
    ])
  })

  test('os.environ/ is resolved for addresses, kept for keys, and read from the file’s own variables', () => {
    const text = JSON.stringify({
      environment_variables: { FROM_FILE: 'gsk-file' },
      model_list: [
        {
          model_name: 'a',
          litellm_params: {
            model: 'hosted_vllm/a',
            api_base: 'os.environ/VLLM_BASE',
            api_key: 'os.environ/VLLM_KEY',
          },
        },
        { model_name: 'b', litellm_params: { model: 'groq/b', api_key: 'os.environ/FROM_FILE' } },
      ],
    })
    const { providers, secrets } = read(text, {
      env: { VLLM_BASE: 'http://gpu:9/v1', VLLM_KEY: 'x' },
    })
    expect(providers).toMatchObject([
      { baseUrl: 'http://gpu:9/v1', keyEnv: 'VLLM_KEY' },
      { name: 'groq', keyEnv: 'IMPORTED_GROQ_API_KEY' },
    ])
    expect([...secrets]).toEqual([['IMPORTED_GROQ_API_KEY', 'gsk-file']])
    expect(read(text).leftOut[0]!.why).toContain('os.environ/VLLM_BASE, which is not set here')
  })

  test('timeouts, retries and prices keep their meaning in other units', () => {
    const { providers } = read(
      deployment(
        { model: 'openai/m', timeout: 12.5, max_retries: 99 },
        {
          max_input_tokens: 1000,
          max_output_tokens: 500,
          input_cost_per_token: 1e-7,
          output_cost_per_token: '0.000002',
        },
      ),
    )
    expect(providers[0]).toMatchObject({ timeoutMs: 12_500, maxRetries: 10 })
    expect(providers[0]!.models[0]).toMatchObject({
      contextLength: 1000,
      isContextAssumed: false,
      maxOutputTokens: 500,
      inputUsdPerMtok: 0.1,
      outputUsdPerMtok: 2,
    })
  })
})

describe('what is left out is named, with the reason', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['Azure', { model: 'azure/x', api_base: 'https://x.example.com' }, 'Azure'],
    ['Bedrock', { model: 'bedrock/x' }, 'AWS'],
    ['Vertex', { model: 'vertex_ai/x' }, 'Google Cloud'],
    ['a prefix nobody knows', { model: 'whatever/x' }, 'whatever speaks no format'],
    ['no prefix', { model: 'some-model' }, 'names no provider'],
    ['a prototype’s name', { model: 'constructor/x' }, 'constructor speaks no format'],
    ['no address', { model: 'hosted_vllm/x' }, 'no api_base'],
    ['a broken address', { model: 'openai/x', api_base: 'gpu:8000' }, 'no http:// or https:// URL'],
    ['a password in it', { model: 'openai/x', api_base: 'http://u:p@gpu/v1' }, 'user or password'],
    ['a key of spaces', { model: 'openai/x', api_key: 'a b' }, 'cannot be sent'],
    [
      'a variable’s bad name',
      { model: 'openai/x', api_key: 'os.environ/A-B' },
      'environment variable',
    ],
    ['a missing credential', { model: 'openai/x', litellm_credential_name: 'c' }, 'has no c'],
    ['an id with spaces', { model: 'openai/x y' }, 'a model id is'],
  ]
  test.each(cases)('%s', (_, params, why) => {
    expect(reasonFor(params)).toContain(why)
  })

  test('models of a kind that ARES does not serve', () => {
    expect(reasonFor({ model: 'openai/x' }, { mode: 'image_generation' })).toContain('no surface')
  })

  test('ids that are taken in the configuration in use', () => {
    const taken = { providerNames: new Set(['openai']), modelOwners: new Map([['m', 'demo']]) }
    const { providers, leftOut } = read(deployment({ model: 'openai/x' }), { taken })
    expect(providers).toEqual([])
    expect(leftOut[0]!.why).toContain('already a model of provider demo')
  })

  test('of several deployments the first that can be imported stays', () => {
    const models = ['azure/a', 'openai/b', 'groq/c']
    const text = JSON.stringify({
      model_list: models.map((model) => ({ model_name: 'm', litellm_params: { model } })),
    })
    const { providers, leftOut } = read(text)
    expect(providers.map(({ name }) => name)).toEqual(['openai'])
    expect(leftOut.map(({ what }) => what)).toEqual(['model m (azure/a)', 'model m (groq/c)'])
  })
})

test('the whole sample: every deployment and setting is imported or named', () => {
  const plan = read(FIXTURE)
  const ids = plan.providers.flatMap(({ models }) => models.map(({ id }) => id))
  expect(ids.toSorted()).toEqual(
    ['claude', 'fast', 'gemini', 'gpt-4', 'gpt-4o', 'gpt-4o-mini', 'mistral-7b', 'qwen'].concat(
      'text-embedding-3-small',
    ),
  )
  const named = plan.leftOut.map(({ what }) => what).join('\n')
  for (const what of ['azure/gpt-4o-eu', 'bedrock-claude', 'pictures', 'model *', 'model_list[12]'])
    expect(named).toContain(what)
  for (const setting of ['drop_params', 'success_callback', 'fallbacks', 'routing_strategy'])
    expect(named).toContain(setting)
  expect(named).toContain('general_settings.master_key')
  expect(named).toContain('rpm of model gpt-4o')
})

test('no secret of the source is in the report or in the configuration', () => {
  const plan = read(FIXTURE)
  const options = { tier: 'free', files: ['ares.toml'], database: null, isDryRun: false }
  const texts = `${reportText(plan, options)}${configToml(plan)}`
  for (const secret of ['sk-ant-not-a-real-key', 'gsk_not-a-real-key', 'sk-1234', 'llm:secret'])
    expect(texts).not.toContain(secret)
})

test('any names become a configuration without mistakes', () => {
  const word = string({ unit: 'binary', minLength: 1, maxLength: 30 })
  assert(
    property(word, word, word, (id, upstream, key) => {
      const plan = read(
        JSON.stringify({
          model_list: [
            { model_name: id, litellm_params: { model: `openai/${upstream}`, api_key: key } },
            { model_name: 'sound', litellm_params: { model: 'openai/sound' } },
          ],
        }),
      )
      const config = readConfig(configToml(plan), { source: null, directory: '/', env: {} })
      const models = config.providers.flatMap(({ models }) => models)
      expect(models.map(({ id }) => id)).toContain('sound')
      for (const planned of plan.providers.flatMap(({ models }) => models)) {
        expect(models).toContainEqual(
          expect.objectContaining({ id: planned.id, upstreamId: planned.upstreamId }),
        )
      }
    }),
  )
})

describe('files that cannot be read', () => {
  const cases: [string, string, string][] = [
    ['an unclosed list', 'a: 1\nb: [1, 2\nc: 3\n', 'config.yaml:2: this is not valid YAML'],
    ['a tab', 'a: 1\nb:\n\tc: 1\n', 'config.yaml:3: this is not valid YAML'],
    ['an unclosed quote', "a: 1\n\n# x\nb: 'open\n", 'config.yaml:4: this is not valid YAML'],
    ['deep nesting', '['.repeat(100_000), 'config.yaml:1: this is not valid YAML: it is nested'],
    ['too much', 'a: 1\n'.repeat(300_000), 'larger than 1048576 bytes'],
    ['a list', '- 1\n', 'no LiteLLM configuration'],
    ['a wrong type', 'model_list: yes\n', 'model_list has the wrong type'],
    ['nothing', '', 'no LiteLLM configuration'],
  ]
  test.each(cases)('%s', (_, text, says) => {
    expect(() => read(text)).toThrow(ExpectedFailure)
    expect(() => read(text)).toThrow(says)
  })

  test('the line is found behind a list of many lines', () => {
    const entry = '  - model_name: m\n    litellm_params: {\n      model: openai/m\n    }\n'
    const text = `model_list:\n${entry.repeat(200)}  - model_name: [\nx: 1\n`
    expect(() => read(text)).toThrow('config.yaml:802: this is not valid YAML')
  })

  test('aliases that multiply are refused, cycles do no harm', () => {
    const tenfold = [1, 2, 3, 4, 5, 6, 7, 8].map(
      (n) =>
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(',')}]\n`,
    )
    const laughs = `a0: &a0 [x]\n${tenfold.join('')}`
    expect(() => read(laughs)).toThrow('excessive aliasing')
    expect(read('model_list: &a\n  - *a\n').leftOut[0]!.what).toBe('model_list[0]')
  })
})
