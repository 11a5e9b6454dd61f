import { expect, test } from 'bun:test'
import { Response as ResponseReply } from '../../../src/gateway/responses/reply-schema.ts'
import { errorMidStream, status } from '../../scripted-faults.ts'
import { answer } from '../../scripted-replies.ts'
import { allRuns, expectTotalsMatch, settledRuns } from '../totals.ts'
import { eventsIn, expectGood, expectOpenAiError, start } from './compatible.ts'
import { testBodyRefusals, testRefusals, testSpendingRefusals } from './compatible-refusals.ts'

const PATH = '/v1/responses'
const ASKED = { model: 'm-tools', input: 'Hello' }
const TOOL = { type: 'function', name: 'weather', parameters: { type: 'object', properties: {} } }
const SAID = { deltas: ['Hé', 'llo'], usage: { input: 5, output: 2 } }

test.each(['m-tools', 'm-claude', 'agent:risk'])(
  'a response of %s, metered and recorded',
  async (model) => {
    const { app, acme } = await start()
    app.provider.reply(answer(SAID))
    const body = { ...ASKED, model, instructions: 'Be brief.', max_output_tokens: 50 }
    const reply = await expectGood(await acme.post(PATH, body), ResponseReply)
    expect(reply).toMatchObject({
      object: 'response',
      status: 'completed',
      model,
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'Héllo' }] }],
      usage: { input_tokens: 5, output_tokens: 2, total_tokens: 7 },
    })
    expect(app.provider.requests[0]!.body).toMatchObject({ max_tokens: 50 })
    const [run] = await allRuns(app)
    expect(run).toMatchObject({
      kind: 'response',
      status: 'completed',
      input_tokens: 5,
      output_tokens: 2,
    })
    expect(JSON.parse(run!.output!)).toEqual({ content: 'Héllo' })
    await expectTotalsMatch(app)
  },
)

test.each(['m-tools', 'm-claude'])('a tool call of %s', async (model) => {
  const { app, acme } = await start()
  app.provider.reply(answer({ toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }] }))
  const reply = await acme.post(PATH, { ...ASKED, model, tools: [TOOL] })
  expect(await expectGood(reply, ResponseReply)).toMatchObject({
    output: [{ type: 'function_call', name: 'weather', arguments: '{"city":"Oslo"}' }],
  })
})

test.each(['m-tools', 'm-claude', 'm-demo', 'agent:risk'])(
  'a stream of %s ends with response.completed once the run is recorded',
  async (model) => {
    const { app, acme } = await start()
    app.provider.reply(answer(SAID))
    const text = await (await acme.post(PATH, { ...ASKED, model, stream: true })).text()
    const events = eventsIn(text)
    expect(text).not.toContain('[DONE]')
    expect(events[0]!.type).toBe('response.created')
    expect(events.at(-1)).toMatchObject({ type: 'response.completed', response: { model } })
    const [run] = await allRuns(app)
    const { input_tokens, output_tokens } = run!
    expect(events.at(-1)!.response?.usage).toMatchObject({ input_tokens, output_tokens })
    expect(run).toMatchObject({ kind: 'response', status: 'completed' })
  },
)

test('a stream that breaks off ends with response.failed and a failed run', async () => {
  const { app, acme } = await start()
  app.provider.reply(errorMidStream(['Hello']))
  const text = await (await acme.post(PATH, { ...ASKED, stream: true })).text()
  expect(eventsIn(text).at(-1)).toMatchObject({ type: 'response.failed' })
  const [run] = await settledRuns(app)
  expect(run).toMatchObject({ kind: 'response', status: 'failed' })
})

test('faults before the first event are ordinary errors', async () => {
  const { app, acme } = await start()
  app.provider.reply(status(500))
  const failed = await acme.post(PATH, { ...ASKED, stream: true })
  await expectOpenAiError(failed, 502, 'provider_failed')
  app.provider.reply(status(400, { message: 'no' }))
  await expectOpenAiError(await acme.post(PATH, ASKED), 400, 'bad_request')
})

const PICTURE = {
  role: 'user',
  content: [{ type: 'input_image', image_url: 'https://example.com/a.png', detail: 'high' }],
}

test.each<[model: string, fields: object, param: string]>([
  ['m-demo', { instructions: 'Be brief.', input: [PICTURE] }, 'input[0].content[0].image_url'],
  ['m-demo', { include: ['message.output_text.logprobs'] }, 'include'],
  ['m-claude', { top_logprobs: 3 }, 'top_logprobs'],
  ['m-claude', { temperature: 1.5 }, 'temperature'],
  ['m-claude', { instructions: 'Be brief.', input: [PICTURE] }, 'input[0].content[0].image_url'],
])('%s cannot honour %j, named as it was written', async (model, fields, param) => {
  const { app, acme } = await start()
  const reply = await acme.post(PATH, { ...ASKED, model, ...fields })
  const { message } = await expectOpenAiError(reply, 400, 'invalid', param)
  expect(message).toStartWith(`/${param.replaceAll(/[.[]/g, '/').replaceAll(']', '')}: `)
  expect(message).not.toMatch(/response_format|reasoning_effort|messages|\/logprobs/)
  expect(await allRuns(app)).toHaveLength(0)
})

test.each([
  ['m-demo', { reasoning: { effort: 'low', summary: 'auto' }, text: { verbosity: 'low' } }],
  ['m-claude', { reasoning: { effort: 'low', summary: 'auto' }, text: { verbosity: 'low' } }],
])('%s is not given what only hints, and it is told', async (model, hints) => {
  const { acme } = await start()
  const reply = await acme.post(PATH, { ...ASKED, model, ...hints })
  const told = reply.headers.get('x-ares-left-out')?.split(', ').toSorted()
  expect(told).toEqual(['/reasoning/effort', '/reasoning/summary', '/text/verbosity'])
  await expectGood(reply, ResponseReply)
})

const SURFACE = { family: 'openai', method: 'POST', path: PATH, body: ASKED } as const
testRefusals(SURFACE)
testSpendingRefusals(SURFACE)
testBodyRefusals(SURFACE, [
  ['no input', { model: 'm-tools' }, 'input'],
  ['a field nobody knows', { ...ASKED, tomorrow: 1 }, 'tomorrow'],
])

test.each(['m-tools', 'm-claude'])(
  'a tool of free text on %s is a function of one string, and free text again',
  async (model) => {
    const { app, acme } = await start()
    const patch = '*** Begin Patch\n+ "x"\n'
    app.provider.reply(
      answer({ toolCalls: [{ id: 'c1', name: 'patch', arguments: { input: patch } }] }),
    )
    const body = { ...ASKED, model, tools: [{ type: 'custom', name: 'patch', description: 'P' }] }
    const whole = await expectGood(await acme.post(PATH, body), ResponseReply)
    const call = whole.output.at(-1)!
    expect(call).toMatchObject({ type: 'custom_tool_call', name: 'patch', input: patch })

    const text = await (await acme.post(PATH, { ...body, stream: true })).text()
    const { response } = eventsIn(text).at(-1) as unknown as { response: typeof whole }
    expect(response.output.at(-1)).toMatchObject({ type: 'custom_tool_call', input: patch })

    const output = { type: 'custom_tool_call_output', call_id: 'c1', output: 'Done.' }
    const input = [{ role: 'user', content: 'Go' }, ...whole.output, output]
    await expectGood(await acme.post(PATH, { ...body, input }), ResponseReply)
    expect(app.provider.requests.at(-1)!.text).toContain(
      model === 'm-tools'
        ? JSON.stringify(JSON.stringify({ input: patch }))
        : JSON.stringify({ input: patch }),
    )
  },
)
