import { ADMIN_SECRET, type AresProcess, configFor, eventually, startAres } from '../binary/ares.ts'
import { type Json, operator, provision } from '../binary/callers.ts'
import { seededRandom } from './random.ts'
import { type Profile, runAlone, type Scenario } from './scenario.ts'

const HEADING = {
  title: 'What proxies write of their clients',
  goal: 'an outsider stays outside of a key’s networks however the address is spelled, an insider gets in; behind a proxy that is not trusted the operator is always let in, and told of it once',
}

/** In the network of the key, and in none of the outsiders’ spellings. */
const PROXY = '127.0.0.1'
const OUTSIDERS = ['203.0.113.5', '203.0.113.5:1234', '2001:db9::1', '[2001:db9::1]:443', 'unknown']
const INSIDERS = [
  PROXY,
  `${PROXY}:1234`,
  `"${PROXY}:1"`,
  `[::ffff:${PROXY}]:443`,
  `::FFFF:${PROXY}`,
]
/** What a spelling is disturbed with. */
const NOISE = '",;:[]()%\\ \t=_.x0'

/** Addresses that proxies pass on, spelled in every way, and proxies that nobody has named. */
export const proxies: Scenario = {
  name: 'proxies',
  about:
    'addresses in X-Forwarded-For and Forwarded, spelled oddly; guesses behind an unnamed proxy',
  async run(profile, seed) {
    const [spelled, unnamed] = [
      await spellAddresses(profile, seed),
      await guessBehindProxy(profile),
    ]
    return {
      ...HEADING,
      measured: `${spelled.outsiders} outsiders and ${spelled.insiders} insiders; ${unnamed.guesses} guesses, the operator let in ${unnamed.letIn} times`,
      rows: [],
      problems: [...spelled.problems, ...unnamed.problems],
    }
  },
}

interface Spelled {
  outsiders: number
  insiders: number
  problems: string[]
}

/** A key for the network of its proxy: whoever counts as the proxy gets in. */
async function spellAddresses(profile: Profile, seed: number): Promise<Spelled> {
  const config = configFor('http://127.0.0.1:9/v1', {
    server: `trusted_proxies = ["${PROXY}"]\nlog_level = "error"`,
  })
  const server = await startAres({ config })
  const tenant = await provision(server)
  const made = await tenant.post('/v1/api-keys', {
    name: 'inner',
    allowed_networks: [`${PROXY}/32`],
  })
  const ask = async (headers: Record<string, string>) => {
    const authorization = `Bearer ${made.body.secret}`
    const reply = await fetch(`${server.url}/v1/agents`, { headers: { ...headers, authorization } })
    await reply.arrayBuffer()
    return reply.status
  }
  const random = seededRandom(seed)
  const spelled: Spelled = { outsiders: 0, insiders: 0, problems: [] }
  const rounds = profile === 'full' ? 4000 : 300
  for (let round = 0; round < rounds; round++) {
    const node = disturbed(OUTSIDERS[round % OUTSIDERS.length]!, round < OUTSIDERS.length, random)
    for (const headers of bothForms(node)) {
      spelled.outsiders++
      const status = await ask(headers)
      if (status !== 403) spelled.problems.push(`${JSON.stringify(headers)}: ${status}`)
    }
  }
  for (const node of INSIDERS) {
    for (const headers of bothForms(node)) {
      spelled.insiders++
      const status = await ask(headers)
      if (status !== 200) spelled.problems.push(`${JSON.stringify(headers)}: ${status}`)
    }
  }
  await server.stop()
  return spelled
}

/** The headers of a proxy that writes the one or the other, or appends to what its client has sent. */
function bothForms(node: string): Record<string, string>[] {
  const quoted = node.startsWith('"') ? node : `"${node}"`
  return [
    { 'x-forwarded-for': node },
    { forwarded: `for=${quoted}` },
    { 'x-forwarded-for': node, forwarded: `for=${quoted};proto=https` },
  ]
}

/** A spelling with up to three characters put in, or taken out. */
function disturbed(node: string, asItIs: boolean, random: () => number): string {
  let text = node
  for (let times = asItIs ? 0 : Math.ceil(random() * 3); times > 0; times--) {
    const at = Math.floor(random() * (text.length + 1))
    const noise = NOISE.charAt(Math.floor(random() * NOISE.length))
    text =
      random() < 0.3
        ? text.slice(0, at) + text.slice(at + 1)
        : text.slice(0, at) + noise + text.slice(at)
  }
  // An empty header is none: the proxy itself has asked then.
  return text.trim() === '' ? 'unknown' : text.trim()
}

interface Unnamed {
  guesses: number
  letIn: number
  problems: string[]
}

/** Everybody has the address of a proxy that is not trusted, the operator as well. */
async function guessBehindProxy(profile: Profile): Promise<Unnamed> {
  const config = configFor('http://127.0.0.1:9/v1').replace(/^max_failures.*$/m, '')
  const server = await startAres({ config })
  const unnamed: Unnamed = { guesses: 0, letIn: 0, problems: [] }
  const rounds = profile === 'full' ? 1000 : 50
  for (let round = 0; round < rounds; round++) {
    await Promise.all(Array.from({ length: 10 }, (_, index) => guess(server, round * 10 + index)))
    unnamed.guesses += 10
    const { status } = await operator(server).get('/api/admin/stats')
    if (status === 200) unnamed.letIn++
    else unnamed.problems.push(`the operator: ${status}`)
  }
  // Whoever is locked out cannot look.
  if (unnamed.problems.length === 0) unnamed.problems.push(...(await toldOnce(server)))
  await server.stop()
  return unnamed
}

async function guess({ url }: AresProcess, index: number): Promise<void> {
  const headers = {
    'x-forwarded-for': `198.51.100.${index % 256}`,
    'x-admin-secret': `${ADMIN_SECRET.slice(0, -1)}!`,
  }
  await (await fetch(`${url}/api/admin/stats`, { headers })).arrayBuffer()
}

/** One warning, one alert and a line in the settings, each with the address to add. */
async function toldOnce(server: AresProcess): Promise<string[]> {
  const alerts = await eventually('the alert', async () => {
    const { body } = await operator(server).get('/api/admin/alerts')
    const told = body.alerts.filter(({ message }: Json) => message.includes('trusted_proxies'))
    return told.length > 0 ? (told as Json[]) : undefined
  })
  const { body: settings } = await operator(server).get('/api/admin/settings')
  const warnings = server
    .stderr()
    .split('\n')
    .filter((line) => line.includes('is not trusted'))
  return [
    ...(alerts.length === 1 && alerts[0].message.includes(PROXY) ? [] : ['not one alert']),
    ...(settings.untrusted_proxies?.join() === PROXY ? [] : ['not in the settings']),
    ...(warnings.length === 1 && warnings[0]!.includes(PROXY) ? [] : ['not one warning']),
  ]
}

if (import.meta.main) await runAlone(proxies)
