import { expect, test } from 'bun:test'
import { countMessageTokens } from '../../../../src/gateway/messages/messages-count.ts'
import { countTokens } from '../../../../src/providers/count-tokens.ts'

const BODY = {
  model: 'small',
  messages: [{ role: 'user' as const, content: 'How are you today?' }],
}

test('the text, four tokens a message, the tools and a flat figure an image are counted', async () => {
  const plain = await countMessageTokens(BODY)
  expect(plain).toBe((await countTokens('How are you today?')) + 4)

  const withSystem = await countMessageTokens({ ...BODY, system: 'Be brief.' })
  expect(withSystem).toBe((await countTokens('Be brief.\nHow are you today?')) + 8)

  const tools = [{ name: 'clock', input_schema: { type: 'object' } }]
  expect(await countMessageTokens({ ...BODY, tools })).toBeGreaterThan(plain + 10)

  const source = { type: 'base64', media_type: 'image/png', data: 'A'.repeat(10_000) }
  const content = [
    { type: 'text', text: 'How are you today?' },
    { type: 'image', source },
  ]
  expect(await countMessageTokens({ ...BODY, messages: [{ role: 'user', content }] })).toBe(
    plain + 765,
  )
})

test('what the model could not be given is refused', async () => {
  const counted = countMessageTokens({ ...BODY, thinking: { type: 'adaptive' } })
  const error: unknown = await counted.catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'invalid', details: [{ path: '/thinking' }] })
})
