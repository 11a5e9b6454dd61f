import { describe, expect, test } from 'bun:test'
import { BUILT_IN_TEMPLATES } from '../../../src/config/templates.ts'
import type { AgentTemplate, ModelConfig, ProviderConfig } from '../../../src/config/config.ts'
import { saidIn } from '../../../src/form/parts.ts'
import { demoProvider } from '../../../src/providers/demo/provider.ts'
import { toOutput } from '../../../src/execution/output.ts'
import { toMessages } from '../../../src/execution/prompt.ts'
import { toolCatalog } from '../../../src/tools/catalog.ts'

/** The keys that each JSON prompt states; templates that are not here answer plain text. */
const JSON_KEYS: Record<string, string[]> = {
  'kasino-classifier': ['category', 'confidence', 'needs_review', 'reasoning'],
  'kasino-risk': ['risk_score', 'risk_level', 'reasoning'],
  'kasino-transaction': [
    'status',
    'transaction_count',
    'total',
    'currency',
    'anomalies',
    'missing_fields',
    'summary',
  ],
  'kasino-report': ['title', 'summary', 'findings', 'recommended_actions', 'limitations'],
  'ehb-intake': [
    'escalate',
    'red_flags',
    'chief_complaint',
    'symptoms',
    'onset',
    'severity',
    'medication_and_allergies',
    'next_questions',
    'message_to_patient',
  ],
  'ehb-followup': [
    'escalate',
    'contact_care_team',
    'red_flags',
    'trend',
    'adherence',
    'new_symptoms',
    'note_for_care_team',
    'next_questions',
    'message_to_patient',
  ],
  'ehb-summary': [
    'escalate',
    'red_flags',
    'chief_complaint',
    'summary',
    'medication',
    'allergies',
    'open_points',
    'needs_clinician_review',
  ],
}

const named = BUILT_IN_TEMPLATES.map((template) => [template.name, template] as const)
const namesOf = (productType: string) =>
  BUILT_IN_TEMPLATES.filter(({ product_type }) => product_type === productType).map(
    ({ name }) => name,
  )

test('each product type has its agents, in the order of provisioning', () => {
  expect(namesOf('generic')).toEqual(['assistant', 'analyst', 'summarizer'])
  expect(namesOf('kasino')).toEqual([
    'kasino-classifier',
    'kasino-risk',
    'kasino-transaction',
    'kasino-report',
  ])
  expect(namesOf('ehb')).toEqual(['ehb-intake', 'ehb-followup', 'ehb-summary'])
})

test('names are unique', () => {
  expect(new Set(BUILT_IN_TEMPLATES.map(({ name }) => name)).size).toBe(BUILT_IN_TEMPLATES.length)
})

describe.each(named)('%s', (name, template) => {
  test('has a valid name, a model of the specification, and tools that exist', () => {
    expect(name).toMatch(/^(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(['llama-3.3-70b', 'deepseek-r1', 'claude-3.5-sonnet']).toContain(template.config.model)
    const tools = template.config.tools ?? []
    expect(tools.filter((tool) => !toolCatalog().find(tool))).toEqual([])
    if (tools.length > 0) expect(template.config.model).not.toBe('deepseek-r1')
  })

  test('treats what it is given as data', () => {
    expect(template.config.system_prompt).toMatch(
      /not (act on|follow)|never carry (it|them) out|ignore any instruction/,
    )
  })

  test('states a form of answer that can be filled in, or asks for plain text', async () => {
    const output = toOutput(await askDemo(template))
    expect(Object.keys(output)).toEqual(JSON_KEYS[name] ?? ['message'])
  })
})

test('the risk agent answers as the V1 Client API prints it', async () => {
  const risk = BUILT_IN_TEMPLATES.find(({ name }) => name === 'kasino-risk')
  const output = JSON.parse(await askDemo(risk))
  expect(output.risk_score).toBeWithin(0, 0.3)
  expect(output.risk_level).toBe('low')
  expect(output.reasoning).toContain('Demo model')
})

test('every clinical agent refuses to diagnose and escalates red flags', () => {
  for (const { product_type, config } of BUILT_IN_TEMPLATES) {
    if (product_type !== 'ehb') continue
    expect(config.system_prompt).toContain('Give no diagnosis')
    expect(config.system_prompt).toContain('set escalate to true')
  }
})

async function askDemo(template: AgentTemplate | undefined): Promise<string> {
  const { model = '', system_prompt, tools = [] } = template?.config ?? {}
  const messages = toMessages(system_prompt, 'Evaluate transaction TX-9921 of 2026-03-13', {
    amount: 15000,
  })
  const request = { model: modelOf(model), messages, tools: toolCatalog().select(tools) }
  const answer = await demoProvider(DEMO).complete(request, new AbortController().signal)
  return saidIn(answer.parts)
}

const DEMO: ProviderConfig = {
  name: 'demo',
  type: 'demo',
  enabled: true,
  baseUrl: null,
  responses: false,
  apiKey: null,
  keyMissing: false,
  keyEnv: null,
  proxyUrl: null,
  connectTimeoutMs: 1,
  firstByteTimeoutMs: 1,
  idleTimeoutMs: 1,
  timeoutMs: 1,
  maxRetries: 0,
  maxResponseBytes: 1,
  http: 'fetch',
  maxInFlight: 100,
  allows: { fields: [], remoteMedia: false },
  models: [],
}

function modelOf(id: string): ModelConfig {
  return {
    id,
    upstreamId: id,
    contextLength: 131072,
    supportsTools: true,
    inputUsdPerMtok: null,
    outputUsdPerMtok: null,
    cachedInputUsdPerMtok: null,
    cacheWriteUsdPerMtok: null,
  }
}
