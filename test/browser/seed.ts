import { ADMIN_SECRET, type AresProcess, startAres } from '../binary/ares.ts'
import { type Caller, client, operator } from '../binary/callers.ts'
import { FakedClock } from '../torture/faked-clock.ts'

/* A month of a small platform's life, for pictures of the console: real requests to the demo model, day after day. */

const CONFIG = `
[server]
port = 0
[admin]
secret = "${ADMIN_SECRET}"
[[providers]]
name = "demo"
type = "demo"
[[providers.models]]
id = "llama-3.3-70b"
context_length = 131072
supports_tools = true
input_usd_per_mtok = 0.59
output_usd_per_mtok = 0.79
[[providers.models]]
id = "deepseek-r1"
context_length = 65536
supports_tools = false
input_usd_per_mtok = 0.55
output_usd_per_mtok = 2.19
[[providers.models]]
id = "claude-3.5-sonnet"
context_length = 200000
supports_tools = true
input_usd_per_mtok = 3.0
output_usd_per_mtok = 15.0
[[providers]]
name = "vllm"
type = "openai"
base_url = "http://127.0.0.1:9/v1"
max_retries = 0
[[providers.models]]
id = "qwen2.5-7b"
context_length = 32768
supports_tools = true
[tiers.free]
runs_per_month = 100
tokens_per_month = 100000
requests_per_minute = 6000
[tiers.dev]
runs_per_month = 400
tokens_per_month = 1000000
requests_per_minute = 6000
[tiers.pro]
runs_per_month = 100000
tokens_per_month = 10000000
requests_per_minute = 6000
`

/** Name, tier, product type, and how much it runs beside the first. */
const TENANTS = [
  ['acme-corp', 'pro', 'kasino', 1],
  ['northwind-bank', 'enterprise', 'kasino', 0.8],
  ['st-elisabeth-clinic', 'pro', 'ehb', 0.6],
  ['globex', 'dev', 'generic', 0.35],
  ['tiny-studio', 'free', 'generic', 0.12],
  ['initech', 'dev', 'generic', 0.1],
  ['umbrella-health', 'pro', 'ehb', 0.2],
  ['hooli', 'free', 'generic', 0.05],
] as const

const MESSAGES = [
  'Analyze the risk profile for transaction TX-9921: 15,000 USD to a new payee.',
  'Summarize Q1 revenue trends for the board, three bullets.',
  'A patient reports a headache since yesterday and mild fever.',
  'What is 1729 * 12 + 4?',
  'Classify: player asks for a higher deposit limit after five losses in a row.',
  'Draft a friendly reminder about the follow-up appointment on Tuesday.',
  'Explain why invoice 2026-118 was refused.',
] as const
const MODELS = ['llama-3.3-70b', 'llama-3.3-70b', 'deepseek-r1', 'claude-3.5-sonnet'] as const

const DAY_MS = 86_400_000
const DAYS = 30

/** A tenant of the seed. */
export interface SeededTenant {
  id: string
  name: string
  key: string
  agents: string[]
  weight: number
  caller: Caller
}

/** The server after its month, and its tenants. @param library of libfaketime */
export async function seededServer(
  library: string,
): Promise<{ server: AresProcess; tenants: SeededTenant[] }> {
  const clock = new FakedClock(library, daysAgo(DAYS - 1))
  const server = await startAres({ config: CONFIG, args: [], env: clock.env })
  const tenants: SeededTenant[] = []
  for (const tenant of TENANTS) tenants.push(await provisioned(server, tenant))
  await furnish(server, tenants[0]!)
  const random = repeatable(7)
  for (let day = DAYS - 1; day >= 0; day--) {
    clock.set(daysAgo(day))
    for (const tenant of tenants) await spendDay(tenant, day, random)
  }
  await today(server, tenants)
  return { server, tenants }
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString()
}

/** Numbers from 0 to 1, the same in each run. */
function repeatable(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

async function provisioned(
  server: AresProcess,
  [name, tier, product_type, weight]: (typeof TENANTS)[number],
): Promise<SeededTenant> {
  const { body } = await operator(server).post('/api/admin/provision-client', {
    name,
    tier,
    product_type,
    api_key_name: 'production',
  })
  const key = body.raw_api_key as string
  const agents = body.agents_created as string[]
  return { id: body.tenant_id, name, key, agents, weight, caller: client(server, key) }
}

/** Two agents more, one that fails and one that is paused, and three keys, one with limits. */
async function furnish(server: AresProcess, { id }: SeededTenant): Promise<void> {
  const admin = operator(server)
  const path = `/api/admin/tenants/${id}`
  await admin.post(`${path}/agents`, {
    name: 'weekly-report',
    agent_type: 'analyst',
    config: { model: 'qwen2.5-7b', system_prompt: 'You write the weekly report.' },
  })
  await admin.post(`${path}/agents`, {
    name: 'support-triage',
    agent_type: 'classifier',
    status: 'paused',
    config: { model: 'deepseek-r1', system_prompt: 'You sort support requests.' },
  })
  await admin.post(`${path}/api-keys`, { name: 'staging', expires_in_days: 20 })
  await admin.post(`${path}/api-keys`, { name: 'ci', expires_in_days: 400 })
  await admin.post(`${path}/api-keys`, {
    name: 'checkout',
    scopes: ['run', 'read'],
    allowed_agents: ['kasino-risk'],
    allowed_networks: ['10.20.0.0/16'],
    runs_per_month: 50_000,
  })
}

async function spendDay(
  { name, agents, weight, caller }: SeededTenant,
  day: number,
  random: () => number,
): Promise<void> {
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!
  const weekend = [0, 6].includes(new Date(daysAgo(day)).getUTCDay()) ? 0.35 : 1
  const growth = 14 + (DAYS - 1 - day) / 2
  const runs = Math.round(weight * weekend * growth * (0.7 + random() * 0.6))
  for (let n = 0; n < runs; n++) {
    const message = pick(MESSAGES)
    const chance = random()
    const fails = name === 'acme-corp' && chance > 0.97
    if (chance < 0.3) {
      const messages = [{ role: 'user', content: message }]
      await caller.post('/v1/chat', { messages, model: pick(MODELS) })
    } else {
      const agent = fails ? 'weekly-report' : pick(agents)
      const context = { amount: Math.round(random() * 20_000), currency: 'USD' }
      await caller.post(`/v1/agents/${agent}/run`, {
        input: { message, ...(n % 3 === 0 && { context }) },
      })
    }
  }
}

/** What makes today worth a look: a quota that fills, a provider that fails, a suspension, a guess. */
async function today(server: AresProcess, tenants: SeededTenant[]): Promise<void> {
  const named = (name: string) => tenants.find((tenant) => tenant.name === name)!
  for (let n = 0; n < 30; n++) {
    const messages = [{ role: 'user', content: MESSAGES[n % MESSAGES.length] }]
    await named('tiny-studio').caller.post('/v1/chat', { messages, model: 'llama-3.3-70b' })
  }
  for (let n = 0; n < 6; n++) {
    const input = { message: 'Write the report of this week.' }
    await named('acme-corp').caller.post('/v1/agents/weekly-report/run', { input })
  }
  await named('acme-corp').caller.post('/v1/chat/completions', {
    model: 'llama-3.3-70b',
    messages: [
      { role: 'system', content: 'Answer in one sentence.' },
      { role: 'user', content: [{ type: 'text', text: MESSAGES[0] }] },
      { role: 'assistant', content: 'It is high: the payee is new.' },
      { role: 'user', content: 'What is 15000 * 0.02?' },
    ],
  })
  const { id } = named('initech')
  await operator(server).patch(`/api/admin/tenants/${id}`, { status: 'suspended' })
  await operator(server, 'a-guess').get('/api/admin/stats')
}
