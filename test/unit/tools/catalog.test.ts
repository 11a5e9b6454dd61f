import { expect, test } from 'bun:test'
import { toolCatalog } from '../../../src/tools/catalog.ts'

test('the catalog has the calculator', () => {
  const tools = toolCatalog()
  expect(tools.names()).toEqual(['calculator'])
  expect(tools.find('calculator')?.name).toBe('calculator')
  expect(tools.find('toString')).toBeUndefined()
})

test('tools are selected in the order asked for; names that do not exist are left out', () => {
  const selected = toolCatalog().select(['gone', 'calculator'])
  expect(selected.map(({ name }) => name)).toEqual(['calculator'])
  expect(selected[0]?.parameters).toMatchObject({ type: 'object', required: ['expression'] })
})
