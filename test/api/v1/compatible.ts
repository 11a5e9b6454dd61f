import { expect } from 'bun:test'
import type { Static, TSchema } from '@sinclair/typebox'
import {
  AnthropicErrorReply,
  GoogleErrorReply,
  OpenAiErrorReply,
} from '../../../src/gateway/form/errors-schema.ts'
import { expectReply } from '../../expect-reply.ts'
import { startApp, type TestApp, type TestTenant } from '../../harness.ts'

export const MESSAGES = [{ role: 'user', content: 'Hello' }]
export const CHAT = { model: 'm-tools', messages: MESSAGES }

export interface World {
  app: TestApp
  acme: TestTenant
}

export async function start(options: Parameters<typeof startApp>[0] = {}): Promise<World> {
  const app = await startApp(options)
  return { app, acme: await app.tenant('acme', { agents: ['risk'] }) }
}

/** A refusal as OpenAI's clients read it. */
export async function expectOpenAiError(
  response: Response,
  status: number,
  code: string,
  param: string | null = null,
) {
  const body = await expectReply(response, status, OpenAiErrorReply)
  expect(body.error).toMatchObject({ code, param })
  expect(body.error.message).toMatch(/\S{3,}/)
  return body.error
}

/** A refusal as Anthropic's clients read it. */
export async function expectAnthropicError(response: Response, status: number, type: string) {
  const body = await expectReply(response, status, AnthropicErrorReply)
  expect(body.error.type).toBe(type)
  expect(body.request_id).toBe(response.headers.get('request-id')!)
  return body.error
}

/** A refusal as Google's clients read it. */
export async function expectGoogleError(response: Response, status: number, reason: string) {
  const { error } = await expectReply(response, status, GoogleErrorReply)
  expect(error.code).toBe(status)
  expect(error.details[0]).toMatchObject({ reason, domain: 'ares' })
  return error
}

/** A good answer of a route. */
export function expectGood<T extends TSchema>(response: Response, schema: T): Promise<Static<T>> {
  return expectReply(response, 200, schema)
}

/** The data of each event of a whole stream, comments left out. */
export function dataIn(text: string): string[] {
  return text
    .split('\n\n')
    .map((event) => /^data: (.*)$/m.exec(event)?.[1])
    .filter((data) => data !== undefined)
}

/** An event of any format, as far as the tests look into it. */
interface StreamEvent {
  id?: string
  type?: string
  error?: unknown
  usage?: unknown
  response?: { usage: unknown }
  choices?: { finish_reason: string | null; delta: Delta }[]
}

interface Delta {
  role?: string
  content?: string | null
  tool_calls?: { index: number; id?: string; function: { name?: string; arguments: string } }[]
}

/** The events of a whole stream as JSON, without `[DONE]`. */
export function eventsIn(text: string): StreamEvent[] {
  return dataIn(text)
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as StreamEvent)
}

/** The text of chat completion chunks. */
export function textIn(text: string): string {
  return eventsIn(text)
    .map((event) => event.choices?.[0]?.delta.content ?? '')
    .join('')
}
