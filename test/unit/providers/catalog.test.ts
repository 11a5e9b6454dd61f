import { expect, test } from 'bun:test'
import { systemClock } from '../../../src/clock.ts'
import type { ProviderConfig } from '../../../src/config/config.ts'
import { buildCatalog } from '../../../src/providers/catalog.ts'
import { UpstreamClients } from '../../../src/providers/upstream-clients.ts'
import { MODEL, providerConfig } from './provider-under-test.ts'

const deps = { clock: systemClock, random: () => 0, clients: new UpstreamClients(systemClock) }
const baseUrl = 'http://127.0.0.1:1/v1'

const table = (name: string, ids: string[], changes: Partial<ProviderConfig> = {}) =>
  providerConfig({ name, baseUrl, models: ids.map((id) => ({ ...MODEL, id })), ...changes })

const catalog = buildCatalog(
  {
    providers: [
      table('groq', ['b', 'a']),
      table('off', ['hidden'], { enabled: false }),
      table('claude', ['c'], { type: 'anthropic', keyMissing: true, apiKey: null }),
      table('demo', ['d'], { type: 'demo', baseUrl: null, apiKey: null }),
    ],
  },
  deps,
)

test('lists the models of enabled providers in the order of the configuration', () => {
  const rows = catalog
    .list()
    .map(({ model, providerName, providerType, available }) => [
      model.id,
      providerName,
      providerType,
      available,
    ])
  expect(rows).toEqual([
    ['b', 'groq', 'openai', true],
    ['a', 'groq', 'openai', true],
    ['c', 'claude', 'anthropic', false],
    ['d', 'demo', 'demo', true],
  ])
})

test('finds a model with the one provider that serves it', () => {
  expect(catalog.find('a')?.provider.name).toBe('groq')
  expect(catalog.find('a')?.provider).toBe(catalog.find('b')!.provider)
  expect(catalog.find('hidden')).toBeUndefined()
  expect(catalog.find('nobody')).toBeUndefined()
})
