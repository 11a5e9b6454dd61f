import { describe, expect, test } from 'bun:test'
import { ADMIN_SECRET, startApp } from '../harness.ts'

/* What a 401 says of the usual mix-ups: by form and place, and the same whether the value is right or wrong. */

const app = await startApp()
const acme = await app.tenant('acme-corp')

type Headers = Record<string, string>

async function sentence(path: string, headers: Headers): Promise<string> {
  const reply = await app.fetch(path, { headers })
  const { error } = (await reply.json()) as { error: string | { message: string } }
  expect(reply.status).toBe(401)
  return typeof error === 'string' ? error : error.message
}

const WRONG_KEY = acme.secret.replace(/.{7}$/, 'aaaaaaa')
const WRONG_SECRET = 'x'.repeat(ADMIN_SECRET.length)

describe('under /v1', () => {
  const cases: [title: string, headers: (value: string) => Headers, says: string][] = [
    [
      'the admin secret as Bearer',
      (v) => ({ authorization: `Bearer ${v}` }),
      'in `X-Admin-Secret`',
    ],
    ['the admin secret in its header', (v) => ({ 'x-admin-secret': v }), 'opens /api/admin alone'],
  ]
  test.each(cases)('%s', async (_, headers, says) => {
    const right = await sentence('/v1/agents', headers(ADMIN_SECRET))
    expect(right).toContain(says)
    expect(right).toStartWith('The API key is missing or not valid. ')
    expect(await sentence('/v1/agents', headers(WRONG_SECRET))).toBe(right)
  })

  const keys: [title: string, headers: (value: string) => Headers, says: string][] = [
    ['a key without Bearer', (v) => ({ authorization: v }), 'behind the word Bearer'],
    ['a key as Basic', (v) => ({ authorization: `Basic ${v}` }), 'behind the word Bearer'],
    ['a key in the header of others', (v) => ({ 'x-api-key': v }), 'does not read `x-api-key`'],
  ]
  test.each(keys)('%s', async (_, headers, says) => {
    const right = await sentence('/v1/agents', headers(acme.secret))
    expect(right).toContain(says)
    expect(right).toContain('Bearer')
    expect(await sentence('/v1/agents', headers(WRONG_KEY))).toBe(right)
  })

  test('nothing at all', async () => {
    expect(await sentence('/v1/agents', {})).toEndWith(
      'No key was sent: send the header `Authorization: Bearer ares_…`.',
    )
  })

  test('of a key in its place nothing is said of why', async () => {
    const wrong = await sentence('/v1/agents', { authorization: `Bearer ${WRONG_KEY}` })
    expect(wrong).toBe('The API key is missing or not valid.')
    const key = await acme.post('/v1/api-keys', { name: 'gone' })
    const { key: id, secret } = (await key.json()) as { key: string; secret: string }
    await acme.delete(`/v1/api-keys/${id}`)
    expect(await sentence('/v1/agents', { authorization: `Bearer ${secret}` })).toBe(wrong)
  })

  test('clients of others are told in their form', async () => {
    const said = await sentence('/v1/messages', { 'x-api-key': 'sk-ant-api03-x' })
    expect(said).toContain('`x-api-key` holds no key of this server')
    expect(
      await sentence('/v1/models', {
        'x-api-key': acme.secret,
        authorization: `Bearer ${WRONG_KEY}`,
      }),
    ).toContain('differ: send the key in one of them')
  })
})

describe('under /api/admin', () => {
  const cases: [title: string, headers: Headers, other: Headers, says: string][] = [
    [
      'the secret as Bearer',
      { authorization: `Bearer ${ADMIN_SECRET}` },
      { authorization: `Bearer ${WRONG_SECRET}` },
      'send it in the header `X-Admin-Secret`',
    ],
    [
      'the secret behind Bearer',
      { 'x-admin-secret': `Bearer ${ADMIN_SECRET}` },
      { 'x-admin-secret': `Bearer ${WRONG_SECRET}` },
      'without Bearer',
    ],
    [
      'a key in its place',
      { 'x-admin-secret': acme.secret },
      { 'x-admin-secret': WRONG_KEY },
      'the form of a tenant’s API key',
    ],
    ['nothing', {}, {}, 'None was sent: send it in the header `X-Admin-Secret`.'],
  ]
  test.each(cases)('%s', async (_, right, wrong, says) => {
    const said = await sentence('/api/admin/tenants', right)
    expect(said).toStartWith('The admin secret is missing or wrong. ')
    expect(said).toContain(says)
    expect(await sentence('/api/admin/tenants', wrong)).toBe(said)
  })
})

async function saidOf(path: string): Promise<string> {
  const reply = await acme.post(path, {})
  return reply.text()
}

test('a path that nobody has names the one that was probably meant', async () => {
  expect(await saidOf('/v1/v1/chat/completions')).toContain('Did you mean /v1/chat/completions?')
  expect(await saidOf('/chat/completions')).toContain('Did you mean /v1/chat/completions?')
  expect(await saidOf('/nothing')).not.toContain('Did you mean')
})

test('broken JSON is told with its place', async () => {
  const reply = await app.fetch('/v1/chat', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${acme.secret}` },
    body: '{\n  "messages": [],\n}',
  })
  expect(reply.status).toBe(400)
  expect(await reply.json()).toMatchObject({
    code: 'invalid_json',
    error: 'The body is not valid JSON: line 3, column 1: "}" may not stand there.',
  })
})
