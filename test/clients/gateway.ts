import { type AresProcess, ADMIN_SECRET, cleanUp, eventually, startAres } from '../binary/ares.ts'
import { client, operator, provision } from '../binary/callers.ts'
import { type ScriptedProvider, startScriptedProvider } from '../scripted-provider.ts'
import { scriptedModel } from './scripted-model.ts'

/** The models of the gateway under test: one of each family of providers, the offline demo, and embeddings. */
export const MODEL = {
  openai: 'scripted-gpt',
  anthropic: 'scripted-claude',
  gemini: 'scripted-gemini',
  demo: 'demo-model',
  embedding: 'scripted-embedding',
} as const

/** For `describe.each`: what every client must get along with, whatever family it was written for. */
export const FAMILIES = [
  { family: 'an OpenAI-type provider', model: MODEL.openai, path: '/v1/chat/completions' },
  { family: 'an Anthropic-type provider', model: MODEL.anthropic, path: '/v1/messages' },
] as const

/** For `test.each`: the tenant's agents, which call the calculator on the server's side, and how each words its result. */
export const AGENTS = [
  { agent: 'agent:on-openai', says: 'The tool says: 42' },
  { agent: 'agent:on-anthropic', says: 'The tool says: 42' },
  { agent: 'agent:on-demo', says: '42' },
] as const

/** The compiled program with one tenant, in front of a provider that plays a model. */
export interface Gateway {
  readonly url: string
  /** A key of a tenant without limits. */
  readonly key: string
  /** It plays `scriptedModel` unless a test enqueues something else. */
  readonly provider: ScriptedProvider
  /** What the key's tenant has spent. */
  usage(): Promise<{ total_runs: number; total_tokens: number }>
  /** A key whose tenant has no runs left. */
  spentKey(): Promise<string>
  /** A key whose tenant has just used up what it may ask in a minute; in a second it may ask once more. */
  hurriedKey(): Promise<string>
  /** Waits until the provider's latest request was abandoned by the gateway. */
  abandoned(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts it all; a test file has one and stops it in the end.
 *
 * @param origins of web pages that may read its answers
 */
export async function startGateway({ origins = [] as string[] } = {}): Promise<Gateway> {
  const provider = await startScriptedProvider()
  provider.reply(scriptedModel)
  const server = await startAres({ config: configFor(provider.url, origins) })
  const tenant = await provision(server)
  for (const { agent } of AGENTS) await createAgent(server, tenant.id, agent.slice('agent:'.length))
  return {
    url: server.url,
    key: tenant.secret,
    provider,
    usage: async () => (await tenant.get('/v1/usage')).body,
    spentKey: async () => (await provision(server, { name: 'spent', tier: 'free' })).secret,
    hurriedKey: () => hurriedKey(server),
    abandoned: () => abandoned(provider),
    async stop() {
      await server.stop()
      provider.stop()
      cleanUp()
    },
  }
}

async function abandoned({ requests }: ScriptedProvider): Promise<void> {
  const ask = () => requests.at(-1)!.abortedAt ?? undefined
  await eventually('the provider’s request is abandoned', ask)
}

const HURRIED = { name: 'hurried', tier: 'dev', perMinute: 60 }

async function hurriedKey(server: AresProcess): Promise<string> {
  const { secret } = await provision(server, HURRIED)
  const ask = () => client(server, secret).get('/v1/usage')
  for (let asked = 0; asked < HURRIED.perMinute; asked += 10)
    await Promise.all(Array.from({ length: 10 }, ask))
  await eventually('the rate is used up', async () => (await ask()).status === 429 || undefined)
  return secret
}

async function createAgent(server: AresProcess, tenantId: string, name: string): Promise<void> {
  const model = MODEL[name.slice('on-'.length) as keyof typeof MODEL]
  const config = { model, system_prompt: 'You calculate.', tools: ['calculator'] }
  const path = `/api/admin/tenants/${tenantId}/agents`
  const body = { name, agent_type: 'calculator', config }
  const { status } = await operator(server).post(path, body)
  if (status !== 201) throw new Error(`creating ${name}: ${status}`)
}

function configFor(providerUrl: string, origins: string[]): string {
  return `
[server]
port = 0
cors_origins = ${JSON.stringify(origins)}
[admin]
secret = "${ADMIN_SECRET}"
[defaults]
model = "${MODEL.demo}"
[tiers.free]
runs_per_month = 0
[tiers.dev]
requests_per_minute = ${HURRIED.perMinute}
${providerTable('openai', providerUrl)}
${modelTable(MODEL.embedding)}
${providerTable('anthropic', providerUrl)}
${providerTable('gemini', new URL(providerUrl).origin)}
[[providers]]
name = "demo"
type = "demo"
${modelTable(MODEL.demo)}
`
}

function providerTable(family: 'openai' | 'anthropic' | 'gemini', url: string): string {
  return `
[[providers]]
name = "${family}"
type = "${family}"
base_url = "${url}"
api_key = "sk-scripted-sentinel"
max_retries = 0
${modelTable(MODEL[family])}`
}

function modelTable(id: string): string {
  return `[[providers.models]]
id = "${id}"
upstream_id = "upstream-${id}"
context_length = 100000
supports_tools = true`
}
