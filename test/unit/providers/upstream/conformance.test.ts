import { describe, expect, test } from 'bun:test'
import { someTurns, until } from '../../../waiting.ts'
import { BAD_BODIES, BAD_HEADS, BAD_PACKINGS, type Case, ENDS, GOOD } from './cases.ts'
import { DIFFERENT, fetchDifference } from './fetch-differences.ts'
import { type RawConnection, startRawServer } from './raw-server.ts'
import { ask, type ClientName, CLIENTS, endOf, outcomeOf, TestCall } from './test-call.ts'

/* Every answer of the tables, on a real socket, read by both clients. */

const TABLES: [string, Record<string, Case>][] = [
  ['reads', GOOD],
  ['refuses the head', BAD_HEADS],
  ['refuses the body', BAD_BODIES],
  ['refuses the packing', BAD_PACKINGS],
  ['notices', ENDS],
]

/** Plays one answer to one client, and tells what came of it. */
async function played(client: ClientName, { says, ending }: Case, call: TestCall) {
  const said = Promise.withResolvers<void>()
  const server = startRawServer(async (connection: RawConnection): Promise<void> => {
    await connection.request()
    await connection.write(says)
    if (ending === 'end') connection.end()
    if (ending === 'reset') connection.reset()
    said.resolve()
  })
  return {
    server,
    said: said.promise,
    outcome: outcomeOf(ask(CLIENTS[client](), server.url, { call })),
  }
}

async function check(client: ClientName, name: string, each: Case): Promise<void> {
  const expected = (client === 'fetch' ? fetchDifference(name) : undefined) ?? each.outcome
  const call = new TestCall()
  const { server, said, outcome } = await played(client, each, call)
  if (expected === 'waits') await expectWaiting(call, said, outcome)
  else expect(await outcome).toEqual(expected)
  // What was understood may be kept for the next request; whatever was not is closed.
  if (expected !== 'waits' && 'fault' in expected && !(name in BAD_PACKINGS))
    await until(() => server.open === 0)
  server.stop()
}

async function expectWaiting(call: TestCall, said: Promise<void>, outcome: Promise<unknown>) {
  await said
  await someTurns(20)
  call.stop(new Error('stopped'))
  expect(await endOf(outcome)).toBe('stopped')
}

describe.each(Object.keys(CLIENTS) as ClientName[])('%s', (client) => {
  describe.each(TABLES)('%s', (_, cases) => {
    test.each(Object.entries(cases))('%s', (name, each) => check(client, name, each))
  })
})

test('differences are told of cases that there are', () => {
  const names = new Set(TABLES.flatMap(([, cases]) => Object.keys(cases)))
  expect(DIFFERENT.filter((name) => !names.has(name))).toEqual([])
})
