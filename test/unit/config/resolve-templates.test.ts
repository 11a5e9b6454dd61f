import { describe, expect, test } from 'bun:test'
import type { AgentTemplate } from '../../../src/config/config.ts'
import { resolveTemplates } from '../../../src/config/resolve-templates.ts'
import { DEMO, read } from './reading.ts'

const BUILT_IN: AgentTemplate[] = [
  {
    product_type: 'shop',
    name: 'clerk',
    agent_type: 'clerk',
    config: { model: 'big', tools: ['calculator'], temperature: 1.5 },
  },
  { product_type: 'shop', name: 'writer', agent_type: 'writer', config: { model: 'big' } },
]

/** The built-in templates where the only provider has one model, which is the default. */
function resolveOn(type: string, model: string, written: AgentTemplate[] = []) {
  const baseUrl = type === 'demo' ? '' : 'base_url = "http://x"'
  const text = `[[providers]]\nname = "p"\ntype = "${type}"\n${baseUrl}\nmodels = [{ ${model}, context_length = 9 }]`
  const { providers, defaultModel } = read(text)
  return resolveTemplates(BUILT_IN, written, providers, defaultModel)
}

describe('a built-in template', () => {
  test('stays as it is on its own model', () => {
    expect(resolveOn('demo', 'id = "big", supports_tools = true')).toEqual(BUILT_IN)
  })

  test('gets the default model where its own is not configured', () => {
    const [clerk] = resolveOn('demo', 'id = "small", supports_tools = true')
    expect(clerk?.config).toEqual({ model: 'small', tools: ['calculator'], temperature: 1.5 })
  })

  test('loses its tools on a model that does not support them', () => {
    const [clerk, writer] = resolveOn('demo', 'id = "small"')
    expect(clerk?.config.tools).toEqual([])
    expect(writer?.config).toEqual({ model: 'small' })
  })

  test('gets the temperature that an Anthropic model takes', () => {
    const [clerk] = resolveOn('anthropic', 'id = "small"')
    expect(clerk?.config.temperature).toBe(1)
  })

  test('is not changed itself', () => {
    resolveOn('anthropic', 'id = "small"')
    expect(BUILT_IN[0]?.config).toEqual({ model: 'big', tools: ['calculator'], temperature: 1.5 })
  })

  test('does not count the models of disabled providers', () => {
    const off =
      '[[providers]]\nname = "off"\ntype = "demo"\nenabled = false\nmodels = [{ id = "big", context_length = 1 }]\n'
    const { providers } = read(off + DEMO)
    expect(resolveTemplates(BUILT_IN, [], providers, 'm')[0]?.config.model).toBe('m')
  })
})

function mine(name: string): AgentTemplate {
  return { product_type: 'shop', name, agent_type: 'mine', config: { model: 'small' } }
}

describe('a template of the file', () => {
  test('replaces the built-in one of the same product type and name, in its place', () => {
    const resolved = resolveOn('demo', 'id = "small"', [mine('clerk')])
    expect(resolved.map(({ name, agent_type }) => [name, agent_type])).toEqual([
      ['clerk', 'mine'],
      ['writer', 'writer'],
    ])
  })

  test('stands after the built-in ones otherwise', () => {
    const resolved = resolveOn('demo', 'id = "small"', [mine('cashier')])
    expect(resolved.map(({ name }) => name)).toEqual(['clerk', 'writer', 'cashier'])
  })
})

test('the file’s templates come out of readConfig as they were written', () => {
  const template = `[[agent_templates]]
product_type = "shop"
name = "clerk"
agent_type = "clerk"
[agent_templates.config]
model = "m"
system_prompt = "Sell."
tools = ["calculator"]
max_tokens = 10
temperature = 0.5
top_p = 1
metadata = { owner = { team = "a" }, tags = [1, true, "x"] }
`
  const templates = read(template + DEMO).templates.filter(
    ({ product_type }) => product_type === 'shop',
  )
  expect(templates).toEqual([
    {
      product_type: 'shop',
      name: 'clerk',
      agent_type: 'clerk',
      config: {
        model: 'm',
        system_prompt: 'Sell.',
        tools: ['calculator'],
        max_tokens: 10,
        temperature: 0.5,
        top_p: 1,
        metadata: { owner: { team: 'a' }, tags: [1, true, 'x'] },
      },
    },
  ])
})

test('the built-in product types are there, on configured models only', () => {
  const { templates } = read(DEMO)
  expect(new Set(templates.map(({ product_type }) => product_type))).toEqual(
    new Set(['generic', 'kasino', 'ehb']),
  )
  expect(templates.every(({ config }) => config.model === 'm')).toBe(true)
})
