import { expect, test } from 'bun:test'
import { ModelList } from '../../../src/platform/admin-routes.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { expectHeadMatches, expectMethodsRefused, expectStrangersRefused } from './refusals.ts'

const SWITCHED_OFF = `
[[providers]]
name = "later"
type = "openai"
enabled = false
base_url = "http://192.0.2.1/v1"
api_key = "sk-later"
[[providers.models]]
id = "m-later"
context_length = 5
`
const PATH = '/api/admin/models'
const app = await startApp({ config: SWITCHED_OFF })

test('the models of all enabled providers are listed in the order of the configuration', async () => {
  const model = { context_length: 1000, supports_tools: true, available: true }
  expect(await expectReply(await app.admin.get(PATH), 200, ModelList)).toEqual({
    models: [
      { ...model, id: 'm-tools', provider: 'scripted' },
      { ...model, id: 'm-plain', provider: 'scripted', supports_tools: false },
      { ...model, id: 'm-claude', provider: 'scripted-claude' },
      { ...model, id: 'm-gemini', provider: 'scripted-gemini' },
      { ...model, id: 'm-responses', provider: 'scripted-responses' },
      {
        ...model,
        id: 'm-keyless',
        provider: 'keyless',
        supports_tools: false,
        available: false,
      },
      { ...model, id: 'm-demo', provider: 'demo' },
    ],
  })
})

test('no address, key or name at the provider is told', async () => {
  const text = await (await app.admin.get(PATH)).text()
  for (const inside of ['127.0.0.1', 'sk-', 'upstream-tools', 'NOT_SET_ANYWHERE']) {
    expect(text).not.toContain(inside)
  }
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path: PATH }))

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, PATH))
