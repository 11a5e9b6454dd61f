import { expect, test } from 'bun:test'
import { answer } from '../../scripted-replies.ts'
import codex from '../../fixtures/clients/codex.json'
import geminiCli from '../../fixtures/clients/gemini-cli.json'
import qwenCode from '../../fixtures/clients/qwen-code.json'
import { dataIn, start } from './compatible.ts'

/*
 * The first requests of clients that people use, recorded, reduced and reworded: a regression shows without the client.
 */

const CLIENTS = {
  'Codex 0.171.0': codex,
  'gemini-cli 0.61.0': geminiCli,
  'qwen-code 0.24.4': qwenCode,
}
const MODELS = ['m-tools', 'm-claude', 'agent:risk', 'm-demo']
const CASES = Object.entries(CLIENTS).flatMap(([client, recorded]) =>
  MODELS.map((model) => ({ client, model, recorded })),
)

test.each(CASES)('the first request of $client on $model', async ({ model, recorded }) => {
  const { app, acme } = await start()
  app.provider.reply(answer({ deltas: ['Hello'] }))
  const reply = await acme.post(recorded.path.replace('{model}', model), {
    ...recorded.body,
    ...(!recorded.path.includes('{model}') && { model }),
  })
  const text = await reply.text()
  expect(reply.status, text).toBe(200)
  expect(reply.headers.get('X-Ares-Left-Out')).toBe(recorded.leftOut)
  expect(dataIn(text).length).toBeGreaterThan(1)
  expect(text).not.toContain('"error":{')
})
