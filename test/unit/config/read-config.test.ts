import { describe, expect, test } from 'bun:test'
import { readConfig } from '../../../src/config/read-config.ts'
import { DEMO, problemsOf, read } from './reading.ts'

/** The first provider of a text, whose keys are given. */
function provider(keys: string, env: Record<string, string> = {}) {
  const [first] = read(`[[providers]]\nname = "p"\n${keys}\n${DEMO}`, env).providers
  return first
}

describe('defaults', () => {
  const config = read(DEMO)

  test('of the server', () => {
    expect(config.server).toEqual({
      host: '127.0.0.1',
      port: 3000,
      maxBodyBytes: 1_048_576,
      maxCompatibleBodyBytes: 33_554_432,
      maxBodiesInFlightBytes: 268_435_456,
      corsOrigins: [],
      trustedProxies: [],
      shutdownTimeoutS: 30,
      logLevel: 'info',
      maxInFlight: 4000,
      maxInFlightPerTenant: 1000,
      maxPendingRequests: 10_000,
      maxAnswerBytes: 67_108_864,
      maxPendingRequestsPerTenant: 2500,
      tls: null,
    })
  })

  test('of a provider and its models', () => {
    expect(
      provider(
        'type = "openai"\nbase_url = "http://x"\nmodels = [{ id = "n", context_length = 5 }]',
      ),
    ).toEqual({
      name: 'p',
      type: 'openai',
      enabled: true,
      baseUrl: 'http://x',
      responses: false,
      apiKey: null,
      keyMissing: false,
      keyEnv: null,
      proxyUrl: null,
      connectTimeoutMs: 10_000,
      firstByteTimeoutMs: 300_000,
      idleTimeoutMs: 300_000,
      timeoutMs: 600_000,
      maxRetries: 2,
      maxResponseBytes: 16_777_216,
      http: 'http1',
      maxInFlight: 2000,
      allows: { fields: [], remoteMedia: false },
      models: [
        {
          id: 'n',
          upstreamId: 'n',
          contextLength: 5,
          supportsTools: false,
          inputUsdPerMtok: null,
          outputUsdPerMtok: null,
          cachedInputUsdPerMtok: null,
          cacheWriteUsdPerMtok: null,
        },
      ],
    })
  })

  test('of the tiers', () => {
    expect(config.tiers).toEqual({
      free: { runsPerMonth: 1_000, tokensPerMonth: 100_000, requestsPerMinute: 60 },
      dev: { runsPerMonth: 10_000, tokensPerMonth: 1_000_000, requestsPerMinute: 300 },
      pro: { runsPerMonth: 100_000, tokensPerMonth: 10_000_000, requestsPerMinute: 3_000 },
      enterprise: { runsPerMonth: null, tokensPerMonth: null, requestsPerMinute: null },
    })
  })

  test('of everything else', () => {
    expect(config.adminSecret).toBeNull()
    expect(config.maxAdminFailuresPerMinute).toBe(10)
    expect(config.database).toEqual({
      kind: 'sqlite',
      path: '/etc/ares/data/ares.db',
      maxWaitingWrites: 10_000,
    })
    expect(config.defaultModel).toBe('m')
    expect(config.source).toBe('/etc/ares/ares.toml')
  })
})

describe('the limits of runs in flight', () => {
  const KEYS = 'type = "demo"\nmodels = [{ id = "n", context_length = 5 }]'

  /** The limits that a configuration with these keys of `[server]` and of its first provider has. */
  function limits(server: string, keys = '') {
    const own = `[[providers]]\nname = "p"\n${KEYS}\n${keys}\n`
    const config = read(`[server]\n${server}\n${own}${DEMO}`)
    const { maxInFlight, maxInFlightPerTenant } = config.server
    const ofProviders = config.providers.map((provider) => provider.maxInFlight)
    return [maxInFlight, maxInFlightPerTenant, ...ofProviders]
  }

  test('one tenant has a quarter of the server’s, one provider half', () => {
    expect(limits('max_in_flight = 100')).toEqual([100, 25, 50, 50])
    expect(limits('max_in_flight = 8000')).toEqual([8000, 2000, 4000, 4000])
  })

  test('what is left over of a division is rounded up, so that nobody has none', () => {
    expect(limits('max_in_flight = 1')).toEqual([1, 1, 1, 1])
    expect(limits('max_in_flight = 5')).toEqual([5, 2, 3, 3])
  })

  test('each may be given, up to the whole', () => {
    const server = 'max_in_flight = 10\nmax_in_flight_per_tenant = 10'
    expect(limits(server, 'max_in_flight = 10')).toEqual([10, 10, 10, 5])
  })
})

test('a tier in the file replaces that tier as a whole, and leaves the others', () => {
  const { tiers } = read(
    `[tiers.free]\nruns_per_month = 0\n[tiers.enterprise]\nrequests_per_minute = 9\n${DEMO}`,
  )
  expect(tiers.free).toEqual({ runsPerMonth: 0, tokensPerMonth: null, requestsPerMinute: null })
  expect(tiers.enterprise).toEqual({
    runsPerMonth: null,
    tokensPerMonth: null,
    requestsPerMinute: 9,
  })
  expect(tiers.dev.runsPerMonth).toBe(10_000)
})

test('an empty tier has no limits', () => {
  const none = { runsPerMonth: null, tokensPerMonth: null, requestsPerMinute: null }
  expect(read(`[tiers.pro]\n${DEMO}`).tiers.pro).toEqual(none)
})

test('paths are relative to the file, unless absolute', () => {
  const text =
    '[server]\ntls_cert = "tls/cert.pem"\ntls_key = "/run/key.pem"\n[database]\nurl = "sqlite:../ares.db"\n'
  const { server, database } = read(text + DEMO)
  expect(server.tls).toEqual({ cert: '/etc/ares/tls/cert.pem', key: '/run/key.pem' })
  expect(database).toMatchObject({ path: '/etc/ares.db' })
  const elsewhere = read(`[database]\nurl = "sqlite:/var/ares.db"\n${DEMO}`)
  expect(elsewhere.database).toMatchObject({ path: '/var/ares.db' })
})

describe('the admin secret', () => {
  const secret = 's3cret-'.repeat(5)

  test('is taken from the file', () => {
    expect(read(`admin.secret = "${secret}"\n${DEMO}`).adminSecret).toBe(secret)
  })

  test('or from the environment, without white space around it', () => {
    expect(read(`admin.secret_env = "S"\n${DEMO}`, { S: `${secret}\n` }).adminSecret).toBe(secret)
  })

  test('and never from a property that every object has', () => {
    expect(problemsOf(`admin.secret_env = "constructor"\n${DEMO}`)).toHaveLength(1)
  })
})

describe('the key of a provider', () => {
  const openai = 'type = "openai"\nbase_url = "http://x"\n'

  test('is taken from the file', () => {
    expect(provider(`${openai}api_key = "k"`)).toMatchObject({ apiKey: 'k', keyMissing: false })
  })

  test('or from the environment', () => {
    const env = { K: ' k\n' }
    expect(provider(`${openai}api_key_env = "K"`, env)).toMatchObject({
      apiKey: 'k',
      keyMissing: false,
    })
  })

  test.each([{}, { K: '' }, { K: '  ' }])('is missing, which stops nothing, with %j', (env) => {
    expect(provider(`${openai}api_key_env = "K"`, env)).toMatchObject({
      apiKey: null,
      keyMissing: true,
    })
  })

  test('is not missing where none is asked for', () => {
    expect(provider(openai)).toMatchObject({ apiKey: null, keyMissing: false })
  })
})

describe('base_url', () => {
  const cases: [type: string, written: string, used: string][] = [
    ['openai', 'https://api.example/v1', 'https://api.example/v1'],
    ['openai', 'https://api.example/v1//', 'https://api.example/v1'],
    ['openai', 'http://[::1]:8080/', 'http://[::1]:8080'],
    ['anthropic', 'https://api.example', 'https://api.example'],
    ['anthropic', 'https://api.example/v1', 'https://api.example'],
    ['anthropic', 'https://api.example/v1/', 'https://api.example'],
    ['anthropic', 'https://api.example/proxy/v1', 'https://api.example/proxy'],
    ['anthropic', 'https://api.example/proxyv1', 'https://api.example/proxyv1'],
  ]
  test.each(cases)('%s %s is %s', (type, written, used) => {
    expect(provider(`type = "${type}"\nbase_url = "${written}"`)?.baseUrl).toBe(used)
  })

  test('the demo has none', () => {
    expect(read(DEMO).providers[0]?.baseUrl).toBeNull()
  })
})

describe('what is allowed', () => {
  const sound = [
    'server.port = 0',
    'server.port = 65_535',
    'server.port = 0xBB8',
    'server.host = "::"',
    'server.host = "fe80::1%eth0"',
    'server.cors_origins = ["*"]',
    'server.cors_origins = ["https://a.example", "http://localhost:5173", "http://[::1]:81"]',
    'server.trusted_proxies = ["127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8", "0.0.0.0/0"]',
    'server.shutdown_timeout_s = 1',
    'server.log_level = "debug"',
    'tiers.free.runs_per_month = 0',
    'tiers.free.tokens_per_month = 9_007_199_254_740_991',
    'defaults.model = "m"',
    '"server"."port" = 1',
    '',
  ]
  test.each(sound)('%s', (line) => {
    expect(problemsOf(`${line}\n${DEMO}`)).toEqual([])
  })

  test('the same model id in an enabled and in a disabled provider', () => {
    const off =
      '[[providers]]\nname = "off"\ntype = "demo"\nenabled = false\nmodels = [{ id = "m", context_length = 1 }]\n'
    expect(problemsOf(off + DEMO)).toEqual([])
    expect(problemsOf(DEMO + off)).toEqual([])
  })

  test('other tools, when the caller has them', () => {
    const template =
      '[[agent_templates]]\nproduct_type = "shop"\nname = "clerk"\nagent_type = "clerk"\nconfig = { model = "m", tools = ["search"] }\n'
    const options = { source: null, directory: '/', env: {} }
    expect(() => readConfig(template + DEMO, { ...options, toolNames: ['search'] })).not.toThrow()
    expect(() => readConfig(template + DEMO, options)).toThrow('which is no tool')
  })
})

test('the configuration is frozen all through', () => {
  const config = read(DEMO)
  expect(Object.isFrozen(config)).toBe(true)
  expect(Object.isFrozen(config.providers[0]?.models[0])).toBe(true)
  expect(Object.isFrozen(config.tiers.free)).toBe(true)
  expect(Object.isFrozen(config.templates[0]?.config)).toBe(true)
})

test('what one text gives does not depend on the ones before', () => {
  read(`[server]\ncors_origins = ["*"]\n[tiers.free]\n${DEMO}`)
  expect(read(DEMO).server.corsOrigins).toEqual([])
  expect(read(DEMO).tiers.free.runsPerMonth).toBe(1_000)
})
