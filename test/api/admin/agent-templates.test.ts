import { expect, test } from 'bun:test'
import { TemplateList } from '../../../src/provisioning/admin-routes.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { expectHeadMatches, expectMethodsRefused, expectStrangersRefused } from './refusals.ts'

const OWN_TEMPLATES = `
[[agent_templates]]
product_type = "kasino"
name = "kasino-classifier"
agent_type = "own-classifier"
[agent_templates.config]
model = "m-claude"
system_prompt = "Mine."
tools = ["calculator"]
max_tokens = 321
temperature = 0.5
top_p = 0.9
[agent_templates.config.metadata]
team = "north"

[[agent_templates]]
product_type = "desk"
name = "helper"
agent_type = "helper"
[agent_templates.config]
model = "m-plain"
`
const PATH = '/api/admin/agent-templates'
const app = await startApp({ config: OWN_TEMPLATES })

async function list(query = '') {
  const { templates } = await expectReply(await app.admin.get(PATH + query), 200, TemplateList)
  return templates
}

test('all templates are listed, the built-in ones first', async () => {
  const templates = await list()
  expect(templates.map(({ product_type, name }) => `${product_type}/${name}`)).toEqual([
    'generic/assistant',
    'generic/analyst',
    'generic/summarizer',
    'kasino/kasino-classifier',
    'kasino/kasino-risk',
    'kasino/kasino-transaction',
    'kasino/kasino-report',
    ...templates
      .filter(({ product_type }) => product_type === 'ehb')
      .map(({ name }) => `ehb/${name}`),
    'desk/helper',
  ])
  expect(templates.some(({ product_type }) => product_type === 'ehb')).toBe(true)
})

test.each(['generic', 'kasino', 'ehb', 'desk'])(
  'product_type=%s leaves only its own',
  async (type) => {
    const all = await list()
    expect(await list(`?product_type=${type}`)).toEqual(
      all.filter(({ product_type }) => product_type === type),
    )
  },
)

test('one in the file replaces the built-in one of that product type and name', async () => {
  const [classifier] = await list('?product_type=kasino')
  expect(classifier).toEqual({
    name: 'kasino-classifier',
    agent_type: 'own-classifier',
    product_type: 'kasino',
    config: {
      model: 'm-claude',
      system_prompt: 'Mine.',
      tools: ['calculator'],
      max_tokens: 321,
      temperature: 0.5,
      top_p: 0.9,
      metadata: { team: 'north' },
    },
  })
})

test('a built-in one whose model is not configured gets the default model', async () => {
  for (const { name, config } of await list('?product_type=generic')) {
    expect({ name, model: config.model }).toEqual({ name, model: 'm-tools' })
    expect(config.system_prompt?.length).toBeGreaterThan(100)
  }
  const analyst = (await list()).find(({ name }) => name === 'analyst')
  expect(analyst).toMatchObject({ agent_type: 'analyst', config: { tools: ['calculator'] } })
})

test.each(['casino', 'Kasino', '', '%20kasino', 'kasino%00', 'kasino,ehb', 'all'])(
  'product_type=%s is unknown',
  async (type) => {
    const reply = await app.admin.get(`${PATH}?product_type=${type}`)
    const { error } = await expectRefusal(reply, 422, 'invalid', '/product_type')
    expect(error).toBe('product_type is one of generic, kasino, ehb, desk.')
  },
)

test('product_type is given once', async () => {
  const reply = await app.admin.get(`${PATH}?product_type=kasino&product_type=kasino`)
  await expectRefusal(reply, 422, 'invalid', '/product_type')
})

test('strangers are refused', () => expectStrangersRefused(app, { method: 'GET', path: PATH }))

test('other methods are refused', () => expectMethodsRefused(app, PATH, 'GET, HEAD'))

test('HEAD equals GET without body', () => expectHeadMatches(app, PATH))
