import { describe, expect, test } from 'bun:test'
import { KindGuard, type TSchema } from '@sinclair/typebox'
import { parse } from 'smol-toml'
import sample from '../../../ares.toml' with { type: 'text' }
import type { KeyPath } from '../../../src/config/finding.ts'
import { locateKeys } from '../../../src/config/locate.ts'
import { ConfigFile } from '../../../src/config/schema.ts'
import { isTable } from '../../../src/config/describe-value.ts'
import { problemsOf, read } from './reading.ts'

test('the sample needs nothing, and offers the three models of the specification', () => {
  const { providers, adminSecret, defaultModel } = read(sample)
  const on = providers.filter(({ enabled }) => enabled)
  expect(on.map(({ name, type }) => [name, type])).toEqual([['demo', 'demo']])
  expect(on[0]?.models.map((m) => [m.id, m.contextLength, m.supportsTools])).toEqual([
    ['llama-3.3-70b', 131_072, true],
    ['deepseek-r1', 65_536, false],
    ['claude-3.5-sonnet', 200_000, true],
  ])
  expect(adminSecret).toBeNull()
  expect(defaultModel).toBe('llama-3.3-70b')
})

test('what the sample spells out is the default', () => {
  const bare = read(
    '[[providers]]\nname = "demo"\ntype = "demo"\nmodels = [{ id = "m", context_length = 1 }]',
  )
  const { server, tiers, database } = read(sample)
  expect({ server, tiers, database }).toEqual({
    server: bare.server,
    tiers: bare.tiers,
    database: bare.database,
  })
})

test('all real providers can be switched on together in place of the demo', () => {
  const on = sample
    .replaceAll(/^enabled = false/gm, 'enabled = true')
    .replace(/^enabled = true/m, 'enabled = false')
  expect(problemsOf(on)).toEqual([])
  expect(read(on).providers.filter(({ enabled }) => enabled)).toHaveLength(8)
})

test('the template that is commented out is sound', () => {
  const template = sample.slice(sample.indexOf('# [[agent_templates]]')).replaceAll(/^# ?/gm, '')
  expect(problemsOf(sample + template)).toEqual([])
  expect(read(sample + template).templates.at(-1)?.name).toBe('support-triage')
})

describe('every key of the schema is in the sample', () => {
  test.each(keysOf(ConfigFile))('%s', (key) => {
    expect(sample).toMatch(new RegExp(`\\b${key}\\b( =|[.\\]])`))
  })
})

test('every key of the sample is found in its line', () => {
  const keys = locateKeys(sample)
  const lines = sample.split('\n')
  for (const path of pathsOf(parse(sample))) {
    const { line, column } = keys.find(path) ?? { line: 0, column: 0 }
    const written = lines[line - 1]?.slice(column - 1)
    const name = path.findLast((part) => typeof part === 'string')
    expect(written).toMatch(new RegExp(`^(\\[+.*\\b${name}\\b.*\\]+|${name} =)`))
  }
})

function keysOf(schema: TSchema): string[] {
  const item = KindGuard.IsArray(schema) ? schema.items : schema
  if (!KindGuard.IsObject(item)) return []
  return Object.entries(item.properties).flatMap(([key, child]) => [key, ...keysOf(child)])
}

function pathsOf(value: unknown, path: KeyPath = []): KeyPath[] {
  const below = Array.isArray(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : isTable(value)
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : []
  return path.length === 0 ? below : [path, ...below]
}
