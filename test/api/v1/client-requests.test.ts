import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answer } from '../../scripted-replies.ts'
import { dataIn, start, type World } from './compatible.ts'

/*
 * Requests of clients that people use, reduced and reworded: a regression shows without the client. They were recorded,
 * but for those of Claude Code and Copilot, which follow what is documented of them.
 */

interface Recorded {
  path: string
  headers?: Record<string, string>
  /** Hints that are left out, by model, where there are some. */
  leftOut: Record<string, string[]>
  body: object
}

const FOLDER = join(import.meta.dir, '../../fixtures/clients')
const MODELS = ['m-tools', 'm-claude', 'm-gemini', 'agent:risk', 'm-demo']

const CASES = readdirSync(FOLDER).flatMap((file) => {
  const recorded = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded
  return MODELS.map((model): [string, string, Recorded] => [
    file.replace('.json', ''),
    model,
    recorded,
  ])
})

/** Where a path has the model. */
const NAMED = '{model}'

test.each(CASES)('%s on %s', async (_client, model, recorded) => {
  const { app, acme } = await start()
  app.provider.reply(answer({ deltas: ['Hello'] }))
  const reply = await send({ app, acme }, model, recorded)
  const text = await reply.text()
  expect(reply.status, text).toBe(200)
  const leftOut = reply.headers.get('X-Ares-Left-Out')?.split(', ').toSorted()
  expect(leftOut).toEqual(recorded.leftOut[model])
  if (recorded.path.endsWith('/count_tokens'))
    expect(JSON.parse(text)).toEqual({ input_tokens: expect.any(Number) })
  else expect(dataIn(text).length).toBeGreaterThan(1)
  expect(text).not.toContain('"error":{')
})

function send({ app, acme }: World, model: string, { path, headers, body }: Recorded) {
  return app.fetch(path.replace(NAMED, encodeURIComponent(model)), {
    method: 'POST',
    headers: {
      ...headers,
      authorization: `Bearer ${acme.secret}`,
      'content-type': 'application/json',
    },
    // Google's clients name it in the path.
    body: JSON.stringify(path.includes(NAMED) ? body : { ...body, model }),
  })
}
