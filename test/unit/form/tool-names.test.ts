import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { textMessage } from '../../../src/form/parts.ts'
import { ToolNames } from '../../../src/form/tool-names.ts'

/** What is said of a request with those tools. */
function said(...names: string[]) {
  const tools = names.map((name) => ({ name }))
  const [first = ''] = names
  return new ToolNames(tools).asked({
    messages: [
      textMessage('user', 'Go'),
      {
        role: 'assistant' as const,
        parts: [{ type: 'tool_call' as const, id: 'a', name: first, arguments: '{}' }],
      },
    ],
    tools,
    toolChoice: { name: first },
  })
}

test('names that every provider takes are left alone', () => {
  for (const name of ['find', '_find-it2', 'F'.repeat(64)]) {
    expect(said(name).tools).toEqual([{ name }])
  }
})

test.each(['files.read', 'my tool/é', '2fast', 'x'.repeat(65), ''])(
  '%j is told as another name wherever it stands, and put back',
  (name) => {
    const { tools, toolChoice, messages } = said(name)
    const [tool] = tools
    expect(tool!.name).toMatch(/^[A-Za-z_][\w-]{0,63}$/)
    expect(toolChoice).toEqual(tool!)
    expect(messages[1]!.parts[0]).toMatchObject(tool!)

    const names = new ToolNames([{ name }])
    const event = { type: 'tool_call' as const, call: 0, id: 'a', name: tool!.name }
    expect(names.read([event])).toEqual([{ ...event, name }])
    const part = { type: 'tool_call' as const, id: 'a', name: tool!.name, arguments: '{}' }
    expect(names.partsOf([part])).toEqual([{ ...part, name }])
  },
)

test('names that read alike stay apart', () => {
  const { tools } = said('a.b', 'a b', 'a/b')
  expect(new Set(tools.map(({ name }) => name)).size).toBe(3)
})

test('whatever a tool is called, its call comes back under that name', () => {
  const names = fc.uniqueArray(fc.string(), { maxLength: 5 })
  fc.assert(
    fc.property(names, (all) => {
      const tools = all.map((name) => ({ name }))
      const wording = new ToolNames(tools)
      const told = wording.asked({ messages: [], tools }).tools
      const calls = told.map(({ name }, call) => ({
        type: 'tool_call' as const,
        call,
        id: '',
        name,
      }))
      expect(wording.read(calls).map((event) => 'name' in event && event.name)).toEqual(all)
    }),
  )
})
