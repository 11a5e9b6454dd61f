import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startScriptedProvider } from '../scripted-provider.ts'
import { answer } from '../scripted-replies.ts'
import { type AresProcess, cleanUp, configFor, emptyFolder, SLOW_MS, startAres } from './ares.ts'
import { generatedSecret, operator, provision } from './callers.ts'

/*
 * The documents' own programs against a server as a stranger starts it, in the order of the documents. Put in are
 * address, key and secret; the agent `risk-analyzer`, which they presuppose, is made through the Admin API.
 */

const EXAMPLES = join(import.meta.dir, '../fixtures/spec-examples')
const IS_CI = process.env['CI'] === 'true'

let server: AresProcess
let adminSecret: string
/** The key that the printed provisioning answered. */
let key = ''

beforeAll(async () => {
  server = await startAres()
  adminSecret = generatedSecret(server)
}, SLOW_MS)
afterAll(async () => {
  await server.stop()
  cleanUp()
}, SLOW_MS)

/** The texts of the examples with what the reader is to put in. */
function example(url: string, secret: string, ...names: string[]): string {
  return names
    .map((name) => readFileSync(join(EXAMPLES, name), 'utf8'))
    .join('\n')
    .replaceAll('https://api.ares.dirmacs.com', url)
    .replaceAll('ares_x7k9m2p4q8r1s5t3', secret)
    .replaceAll('your-admin-secret', adminSecret)
}

async function run(command: string[], text: string, suffix: string): Promise<string> {
  const path = join(emptyFolder(), `example${suffix}`)
  writeFileSync(path, text)
  const child = Bun.spawn([...command, path], { stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  if ((await child.exited) !== 0) throw new Error(`${command.join(' ')}: ${stderr}`)
  return stdout
}

const shell = (text: string) => run(['bash'], text, '.sh')
const python = (text: string) => run(['python3'], text, '.py')
const node = (text: string) => run(['node'], text, '.mjs')

function works(...command: string[]): boolean {
  try {
    return Bun.spawnSync(command, { stdout: 'ignore', stderr: 'ignore' }).success
  } catch {
    return false
  }
}

/** In CI a missing program fails the test that needs it; elsewhere the test is skipped, and its name says why. */
function needing(program: string, ...probe: string[]) {
  if (IS_CI || works(...probe)) return test
  console.warn(`skipped: the examples that need ${program}, which is not installed here`)
  return test.skip
}
const pythonTest = needing('python3 with requests', 'python3', '-c', 'import requests')
const nodeTest = needing('node 18 or later', 'node', '-e', 'if (!globalThis.fetch) process.exit(1)')
const curlTest = needing('curl', 'curl', '--version')

describe('Admin API', () => {
  curlTest(
    'Provision a Client (curl)',
    async () => {
      const reply = JSON.parse(await shell(example(server.url, '', 'provision-client.sh')))
      expect(reply).toEqual({
        tenant_id: expect.any(String),
        tenant_name: 'acme-corp',
        tier: 'pro',
        product_type: 'kasino',
        api_key_id: expect.any(String),
        api_key_prefix: reply.raw_api_key.slice(0, 9),
        raw_api_key: expect.stringMatching(/^ares_[a-z0-9]+$/),
        agents_created: ['kasino-classifier', 'kasino-risk', 'kasino-transaction', 'kasino-report'],
      })
      key = reply.raw_api_key
      const path = `/api/admin/tenants/${reply.tenant_id}/agents`
      const created = await operator(server, adminSecret).post(path, {
        name: 'risk-analyzer',
        agent_type: 'classifier',
        config: {
          model: 'llama-3.3-70b',
          system_prompt: 'You are a risk analysis agent...',
          tools: ['calculator'],
          max_tokens: 2048,
        },
      })
      expect(created.status).toBe(201)
    },
    SLOW_MS,
  )
})

describe('V1 Client API', () => {
  curlTest(
    'Run an Agent (curl)',
    async () => {
      const reply = JSON.parse(await shell(example(server.url, key, 'run-agent.sh')))
      expect(reply).toMatchObject({
        status: 'completed',
        input: {
          message: 'Evaluate this transaction',
          context: { amount: 15000, currency: 'USD' },
        },
        output: expect.any(Object),
        error: null,
      })
    },
    SLOW_MS,
  )

  pythonTest(
    'Run an Agent (Python)',
    async () => {
      const printed = await python(example(server.url, key, 'run-agent.py'))
      expect(printed).toMatch(/^Status: completed\nOutput: \{.*\}\nDuration: \d+ms\nTokens: \d+\n$/)
    },
    SLOW_MS,
  )

  curlTest(
    'Check Usage (curl)',
    async () => {
      const usage = JSON.parse(await shell(example(server.url, key, 'check-usage.sh')))
      expect(usage).toMatchObject({ quota_runs: 100_000, quota_tokens: 10_000_000 })
      expect(usage.total_runs).toBeGreaterThan(0)
      expect(usage.daily_usage).toHaveLength(1)
    },
    SLOW_MS,
  )

  pythonTest(
    'Check Usage (Python)',
    async () => {
      const printed = await python(example(server.url, key, 'run-agent.py', 'check-usage.py'))
      expect(printed).toMatch(/^Runs this month: \d+ \/ 100000$/m)
      expect(printed).toMatch(/^Tokens this month: \d+ \/ 10000000$/m)
    },
    SLOW_MS,
  )

  pythonTest(
    'Chat with Streaming (Python)',
    async () => {
      const printed = await python(example(server.url, key, 'run-agent.py', 'chat-stream.py'))
      expect(printed.split('\n').slice(4).join('\n')).toMatch(/demo/i)
    },
    SLOW_MS,
  )

  nodeTest(
    'Chat with Streaming (JavaScript)',
    async () => {
      expect(await node(example(server.url, key, 'chat-stream.mjs'))).toMatch(/demo/i)
    },
    SLOW_MS,
  )

  curlTest(
    'Send a Chat Message, with the printed body, to the analyst of a generic tenant',
    async () => {
      const tenant = await provision(server, { name: 'generic-corp', secret: adminSecret })
      const { status, body } = await tenant.post('/v1/chat', {
        messages: [{ role: 'user', content: 'Summarize Q1 revenue trends.' }],
        model: 'llama-3.3-70b',
        agent_type: 'analyst',
      })
      expect(status).toBe(200)
      expect(body).toMatchObject({ model: 'llama-3.3-70b', finish_reason: 'stop' })
    },
    SLOW_MS,
  )
})

describe('the printed clients, which do not buffer across reads', () => {
  /** Letters of one to four bytes. */
  const deltas = Array.from({ length: 2000 }, (_, index) => `${index}·ü€😀\n`)

  async function fastServer() {
    const provider = await startScriptedProvider()
    provider.reply(answer({ deltas }))
    const config = configFor(provider.url).replace('id = "m"', 'id = "llama-3.3-70b"')
    const fast = await startAres({ config })
    const tenant = await provision(fast)
    const { status } = await operator(fast).post(`/api/admin/tenants/${tenant.id}/agents`, {
      name: 'risk-analyzer',
      agent_type: 'classifier',
      config: { model: 'llama-3.3-70b' },
    })
    expect(status).toBe(201)
    return { fast, tenant, provider }
  }

  nodeTest(
    'JavaScript reads a fast stream whole',
    async () => {
      const { fast, tenant, provider } = await fastServer()
      expect(await node(example(fast.url, tenant.secret, 'chat-stream.mjs'))).toBe(deltas.join(''))
      await fast.stop()
      provider.stop()
    },
    SLOW_MS,
  )

  pythonTest(
    'Python reads a fast stream whole',
    async () => {
      const { fast, tenant, provider } = await fastServer()
      const printed = await python(
        example(fast.url, tenant.secret, 'run-agent.py', 'chat-stream.py'),
      )
      expect(printed.endsWith(deltas.join(''))).toBe(true)
      await fast.stop()
      provider.stop()
    },
    SLOW_MS,
  )
})
