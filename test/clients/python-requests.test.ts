import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { SLOW_MS } from '../binary/ares.ts'
import { AGENTS, FAMILIES, type Gateway, MODEL, startGateway } from './gateway.ts'
import { ENDLESS, FORECAST, GREETING, vectorOf } from './scripted-model.ts'

/* What a Python program does with `requests`, for which there is no client in between: `requests_client.py`. */

const PROGRAM = join(import.meta.dir, 'requests_client.py')

/** In CI a missing Python fails the tests; elsewhere they are skipped, and that is said. */
function describePython(): typeof describe {
  const probe = ['python3', '-c', 'import requests']
  const found = Bun.which('python3') !== null && Bun.spawnSync(probe, { stderr: 'ignore' }).success
  if (found || process.env['CI'] === 'true') return describe
  console.warn('skipped: what needs python3 with requests, which is not installed here')
  return describe.skip
}

setDefaultTimeout(SLOW_MS)

describePython()('python requests', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  /** What came of one scenario. */
  const python = async (scenario: string, model: string, key?: string) =>
    (await pythons([scenario], model, key))[0]

  async function pythons(scenarios: string[], model: string, key = gateway.key) {
    const child = Bun.spawn(['python3', PROGRAM, gateway.url, key, model, ...scenarios], {
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const [printed, problem] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ])
    if ((await child.exited) !== 0) throw new Error(problem)
    return JSON.parse(printed) as unknown[]
  }

  describe.each(FAMILIES)('a model of $family', ({ model }) => {
    test('chats, streams, has tools called, fills in a form, and takes a message too', async () => {
      const scenarios = ['chat', 'stream', 'tools', 'form', 'message']

      expect(await pythons(scenarios, model)).toEqual([
        GREETING.join(''),
        GREETING,
        'The tool says: Oslo: 21 degrees',
        FORECAST,
        GREETING.join(''),
      ])
    })

    test('is left alone at once when the program leaves', async () => {
      gateway.provider.enqueue(ENDLESS)

      expect(await python('leave', model)).toBe('chat.completion.chunk')
      await gateway.abandoned()
    })
  })

  test('agents chat, with their own tools', async () => {
    const answers = await Promise.all(AGENTS.map(({ agent }) => python('calculate', agent)))

    expect(answers).toEqual(AGENTS.map(({ says }) => expect.stringContaining(says)))
  })

  test('embeddings', async () => {
    expect(await python('embeddings', MODEL.embedding)).toEqual(vectorOf('One text'))
  })

  test('refusals are HTTPErrors with OpenAI’s error body', async () => {
    const refusals = await Promise.all([
      python('chat', MODEL.openai, 'ares_wrong'),
      python('chat', 'no-such-model'),
      python('biased', MODEL.anthropic),
      python('chat', MODEL.openai, await gateway.spentKey()),
    ])

    expect(refusals).toMatchObject([
      { status: 401, error: { code: 'invalid_api_key', message: expect.stringMatching(/key/i) } },
      { status: 404, error: { code: 'model_not_found' } },
      { status: 400, error: { param: 'logit_bias' } },
      { status: 429, error: { code: 'insufficient_quota' } },
    ])
  })

  test('a key in a hurry waits as long as it is told, and succeeds', async () => {
    const key = await gateway.hurriedKey()

    expect(await python('retry', MODEL.openai, key)).toBe(GREETING.join(''))
  })
})
