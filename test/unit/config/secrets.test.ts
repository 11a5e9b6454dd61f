import { describe, expect, test } from 'bun:test'
import { ConfigError } from '../../../src/config/config-error.ts'
import { readConfig } from '../../../src/config/read-config.ts'
import { problemsOf } from './reading.ts'

/** Short enough that no limit on the length of what is shown hides it. */
const SECRET = 'SENTINEL'

/** A secret in every place that may hold one. Sound, but for what a test does to it. */
const TEXT = `
[server]
tls_cert = "cert.pem"
tls_key = "${SECRET}.pem"
[admin]
secret = "${SECRET.repeat(4)}"
[database]
url = "sqlite:${SECRET}.db"
[egress]
proxy = "http://u:${SECRET}@proxy.example"
[[providers]]
name = "one"
type = "openai"
base_url = "https://one.example/${SECRET}"
api_key = "${SECRET}"
[[providers.models]]
id = "m"
context_length = 10
[[providers]]
name = "two"
type = "anthropic"
base_url = "https://two.example"
api_key_env = "${SECRET}"
models = [{ id = "n", context_length = 10 }]
[[agent_templates]]
product_type = "shop"
name = "clerk"
agent_type = "clerk"
[agent_templates.config]
model = "m"
system_prompt = """
The password is ${SECRET}."""
metadata = { token = "${SECRET}" }
`
const ENV = { SENTINEL: SECRET }

/** Everything an error carries. */
function everythingSaid(text: string): string {
  try {
    readConfig(text, { source: null, directory: '/etc/ares', env: ENV })
    return ''
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return `${error.message}\n${JSON.stringify(error.problems)}\n${String(error.cause)}\n${String(error.stack)}`
  }
}

test('the text is sound as it stands', () => {
  expect(problemsOf(TEXT, ENV)).toEqual([])
})

describe('no message shows a secret', () => {
  const line = `secret = "${SECRET}"`
  const broken: [title: string, text: string][] = [
    ['an unquoted secret', `[admin]\nsecret = ${SECRET}`],
    ['a quote that is missing', `[admin]\nsecret = "${SECRET}`],
    ['text after a secret', `[admin]\n${line} ${line}`],
    ['two secrets', `[admin]\n${line}\n${line}`],
    ['an escape that does not exist', `[admin]\nsecret = "${SECRET}\\q"`],
    ['a bare key beside a secret', `[admin]\n${line}\nport`],
    ['a secret that is too short', `[admin]\n${line}`],
    ['a secret in a list', `[admin]\nsecret = ["${SECRET}"]`],
    ['a secret in a table', `[admin]\nsecret = { value = "${SECRET}" }`],
    ['a secret in place of the table', `admin = "${SECRET}"`],
    ['a secret as the name of its variable', `[admin]\nsecret_env = "${SECRET}-1"`],
    ['a secret as the name of a variable that is not set', `[admin]\nsecret_env = "${SECRET}_1"`],
    ['a variable with a secret that is too short', `[admin]\nsecret_env = "${SECRET}"`],
    ['a secret under a mistyped key', `[admin]\nsercet = "${SECRET}"`],
    ['a secret under an unknown key', `[admin]\npassword = "${SECRET}"`],
    ['a secret in the wrong table', `[server]\n${line}`],
    ['an unknown table of secrets', `[credentials]\n${line}`],
    ['a key with a space', `[[providers]]\napi_key = "${SECRET} ${SECRET}"`],
    ['a key that is a table', `[[providers]]\napi_key.value = "${SECRET}"`],
    ['a key for the demo', `[[providers]]\nname = "d"\ntype = "demo"\napi_key = "${SECRET}"`],
    ['a key in place of a list of providers', `providers = "${SECRET}"`],
    ['a key in a list of providers', `providers = ["${SECRET}"]`],
    ['a key twice', `[[providers]]\napi_key = "${SECRET}"\napi_key_env = "${SECRET}"`],
    [
      'a password in base_url',
      `[[providers]]\ntype = "openai"\nbase_url = "https://u:${SECRET}@h"`,
    ],
    [
      'a key in the query of base_url',
      `[[providers]]\ntype = "openai"\nbase_url = "https://h?${SECRET}"`,
    ],
    ['a base_url that is none', `[[providers]]\ntype = "openai"\nbase_url = "${SECRET}"`],
    ['a password in the URL of a database', `[database]\nurl = "postgres://u:${SECRET}@h/d"`],
    ['a URL of another database', `[database]\nurl = "mysql:${SECRET}"`],
    ['a password in an origin', `[server]\ncors_origins = ["https://u:${SECRET}@h"]`],
    ['a proxy that is none', `[egress]\nproxy = "${SECRET}"`],
    ['a proxy with a path', `[egress]\nproxy = "http://u:${SECRET}@h/p"`],
    ['a secret where the name of its variable is', `[admin]\nsecret = "\${${SECRET}}"`],
    ['a prompt that is a list', `[[agent_templates]]\nconfig = { system_prompt = ["${SECRET}"] }`],
    ['metadata that is text', `[[agent_templates]]\nconfig = { metadata = "${SECRET}" }`],
  ]
  test.each(broken)('%s', (_, text) => {
    const said = everythingSaid(text)
    expect(said).not.toBe('')
    expect(said).not.toContain(SECRET)
  })

  // Whatever a slip of the finger does, wherever it happens.
  const slips: [title: string, replaced: number, inserted: string][] = [
    ['a character is missing', 1, ''],
    ['there is a quote too many', 0, '"'],
    ['there is a line end too many', 0, '\n'],
    ['there is an equals sign instead', 1, '='],
    ['there is a hash instead', 1, '#'],
  ]
  test.each(slips)('anywhere in the file, %s', (_, replaced, inserted) => {
    const shown: string[] = []
    for (let at = 0; at < TEXT.length; at++) {
      const said = everythingSaid(TEXT.slice(0, at) + inserted + TEXT.slice(at + replaced))
      if (said.includes(SECRET)) shown.push(said)
    }
    expect(shown).toEqual([])
  })
})
