import { describe, expect, test } from 'bun:test'
import { DEMO, problemsOf, read } from './reading.ts'

const PROXY = 'http://user:secret-word@proxy.example:3128'

/** The proxy of a provider at that address, with these keys in its own table and in `[egress]`. */
function proxyOf({ egress = '', own = '', at = 'https://api.example/v1' }, env = {}) {
  const provider = `[[providers]]\nname = "p"\ntype = "openai"\nbase_url = "${at}"\n${own}\n`
  return read(`[egress]\n${egress}\n${provider}${DEMO}`, env).providers[0]!.proxyUrl
}

describe('the proxy of a provider', () => {
  const egress = `proxy = "${PROXY}"`

  test('is none by default, whatever the environment has', () => {
    expect(proxyOf({}, { HTTPS_PROXY: PROXY, ALL_PROXY: PROXY })).toBeNull()
  })

  test('is that of [egress]', () => {
    expect(proxyOf({ egress })).toBe(PROXY)
  })

  test('may stand in a variable that the file names', () => {
    expect(proxyOf({ egress: 'proxy_env = "HTTPS_PROXY"' }, { HTTPS_PROXY: ` ${PROXY}\n` })).toBe(
      PROXY,
    )
    expect(proxyOf({ own: 'proxy_env = "MINE"' }, { MINE: PROXY })).toBe(PROXY)
  })

  test.each(['http://localhost:11434', 'http://127.0.0.1:8000', 'http://[::1]:8000'])(
    'is none for %s, which is this machine',
    (at) => expect(proxyOf({ egress, at })).toBeNull(),
  )

  test('is none for what no_proxy has, which takes the place of the default', () => {
    const list = `${egress}\nno_proxy = ["api.example"]`
    expect(proxyOf({ egress: list })).toBeNull()
    expect(proxyOf({ egress: list, at: 'http://localhost:11434' })).toBe(PROXY)
  })

  test('its own goes before that of [egress], and before no_proxy', () => {
    const own = 'proxy = "http://other.example"'
    expect(proxyOf({ egress: `${egress}\nno_proxy = ["*"]`, own })).toBe('http://other.example')
  })

  test('is none where it says so', () => {
    expect(proxyOf({ egress, own: 'proxy = "none"' })).toBeNull()
  })

  test('the demo has none', () => {
    expect(read(`[egress]\n${egress}\n${DEMO}`).providers[0]!.proxyUrl).toBeNull()
  })
})

describe('the name of a variable in the place of a secret', () => {
  const NAMES = [
    '${NAME}',
    '${NAME:-none}',
    '$NAME',
    '$(NAME)',
    '%NAME%',
    'env:NAME',
    'env.NAME',
    '{env:NAME}',
    '{{ NAME }}',
    'os.environ/NAME',
    'process.env.NAME',
    'OPENAI_API_KEY',
  ]

  test.each(NAMES)('api_key = "%s" names api_key_env', (text) => {
    const keys = `type = "openai"\nbase_url = "http://x"\napi_key = "${text}"`
    const [line, ...more] = problemsOf(`[[providers]]\nname = "p"\n${keys}\n${DEMO}`)
    // A space is a mistake of its own kind, told before.
    if (!text.includes(' ')) expect(line).toContain('write it as api_key_env = "NAME"')
    expect(more).toEqual([])
  })

  test.each(['sk-proj-a${b', 'gsk_ABC', 'a$b', 'AIzaSyD-x_y', 'ABCDEF0123456789', 'none', 'EMPTY'])(
    '%s is a key',
    (text) => {
      const keys = `type = "openai"\nbase_url = "http://x"\napi_key = "${text}"`
      expect(problemsOf(`[[providers]]\nname = "p"\n${keys}\n${DEMO}`)).toEqual([])
    },
  )

  test('secret and proxy name theirs', () => {
    expect(problemsOf(`admin.secret = "\${${'A'.repeat(40)}}"\n${DEMO}`).join()).toContain(
      'secret_env = "NAME"',
    )
    for (const url of ['$HTTPS_PROXY', 'HTTPS_PROXY', 'http://u:${PASSWORD}@proxy:3128']) {
      expect(problemsOf(`egress.proxy = "${url}"\n${DEMO}`).join()).toContain('proxy_env = "NAME"')
    }
  })
})
