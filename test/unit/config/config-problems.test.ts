import { describe, expect, test } from 'bun:test'
import problems from './problems.txt' with { type: 'text' }
import wholeFiles from './problems-of-whole-files.txt' with { type: 'text' }
import { DEMO, problemsOf } from './reading.ts'

interface Case {
  title: string
  env: Record<string, string>
  text: string
  lines: string[]
}

/** `==== title`, `$ NAME=value` for the environment, the broken text, `----`, and the lines that an operator sees. */
function parseCases(file: string): Case[] {
  const cases = file.split(/^==== /m).slice(1)
  return cases.map((source) => {
    const [input = '', output = ''] = source.replace(/^########.*/m, '').split('\n----\n')
    const [title = '', ...rest] = input.split('\n')
    const assignments = rest.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2))
    return {
      title,
      env: Object.fromEntries(assignments.map((line) => line.split(/=(.*)/, 2))),
      text: rest.slice(assignments.length).join('\n'),
      lines: output.trim().split('\n'),
    }
  })
}

describe('the problems of a configuration, beside a sound demo provider', () => {
  test.each(parseCases(problems))('$title', ({ text, env, lines }) => {
    expect(problemsOf(`${text}\n${DEMO}`, env)).toEqual(lines)
  })
})

describe('the problems of a whole file', () => {
  test.each(parseCases(wholeFiles))('$title', ({ text, env, lines }) => {
    expect(problemsOf(text, env)).toEqual(lines)
  })

  test('nesting without an end', () => {
    const [line, ...more] = problemsOf(`a = ${'['.repeat(100_000)}`)
    expect(line).toEndWith('document contains excessively nested structures. aborting.')
    expect(more).toEqual([])
  })

  test('a prompt that is too long', () => {
    const template = `[[agent_templates]]
product_type = "shop"
name = "clerk"
agent_type = "clerk"
config = { model = "m", system_prompt = "${'x'.repeat(200_001)}" }`
    expect(problemsOf(`${template}\n${DEMO}`)).toEqual([
      'ares.toml:5:25: agent_templates[0].config.system_prompt: found a string of 200001 characters; allowed: text of at most 200000 characters',
    ])
  })

  test('an admin secret in the environment with a line end inside', () => {
    const env = { LINES: `${'s'.repeat(32)}\n${'s'.repeat(32)}` }
    expect(problemsOf(`admin.secret_env = "LINES"\n${DEMO}`, env)).toEqual([
      'ares.toml:1:1: admin.secret_env: found spaces or non-ASCII characters in the environment variable; allowed: at least 32 printable ASCII characters without spaces',
    ])
  })

  test('every problem at once, in the order of the file', () => {
    const text = `admin.secret = "short"
${DEMO}
[tiers.free]
runs_per_month = -1
[defaults]
model = "mm"
[server]
port = "x"
tls_cert = "cert.pem"
`
    const paths = problemsOf(text).map((line) => line.split(': ')[1])
    expect(paths).toEqual([
      'admin.secret',
      'tiers.free.runs_per_month',
      'defaults.model',
      'server.tls_key',
      'server.port',
    ])
  })
})
