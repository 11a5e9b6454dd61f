import { expect } from 'bun:test'
import { FormatRegistry, type Static, type TSchema } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { ErrorReply } from '../src/http/documented.ts'
import { closed } from './closed-schema.ts'

/** Ours are version 7. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const WIRE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/
const TIME_FIELD = /(_at|_start|_end|^timestamp|^last_run|^last_used)$/
/** What callers put in, whose shape is theirs. */
const FREE_FIELDS = new Set(['details', 'metadata', 'input', 'output', 'context'])

const checks = new WeakMap<TSchema, TypeCheck<TSchema>>()

/**
 * Holds a reply against its status and schema, without a field too many at any depth, and against what every reply
 * promises: JSON, an `X-Request-Id`, and times as the wire has them.
 *
 * @returns the body
 */
export async function expectReply<T extends TSchema>(
  response: Response,
  status: number,
  schema: T,
): Promise<Static<T>> {
  const text = await response.text()
  expect(`${response.status} ${response.status === status ? '' : text}`).toBe(`${status} `)
  expect(response.headers.get('content-type')).toMatch(/^application\/json(;\s*charset=utf-8)?$/i)
  expect(response.headers.get('x-request-id')).toMatch(/^[A-Za-z0-9._-]{1,128}$/)
  const body: unknown = JSON.parse(text)
  const mistakes = [...strictCheck(schema).Errors(body)].map(
    ({ path, message }) => `${path}: ${message}`,
  )
  expect(mistakes).toEqual([])
  expect(badTimes(body, '')).toEqual([])
  return body
}

/** Holds a refusal against its status, code and form; `path` is where a 422 finds its first mistake. */
export async function expectRefusal(
  response: Response,
  status: number,
  code: string,
  path?: string,
): Promise<Static<typeof ErrorReply>> {
  const body = await expectReply(response, status, ErrorReply)
  expect(body.code).toBe(code)
  expect(body.error).toMatch(/\S.*\.$/)
  expect(body.request_id).toBe(response.headers.get('x-request-id')!)
  if (status === 422) expect(body.details?.length).toBeGreaterThan(0)
  if (path !== undefined) expect(body.details?.[0]?.path).toBe(path)
  return body
}

/** Holds an answer without a body against its status. */
export async function expectEmpty(response: Response, status: number): Promise<void> {
  expect(`${response.status} ${await response.text()}`).toBe(`${status} `)
  expect(response.headers.get('x-request-id')).toMatch(/^[A-Za-z0-9._-]{1,128}$/)
}

function strictCheck(schema: TSchema): TypeCheck<TSchema> {
  let check = checks.get(schema)
  if (!check) {
    // Elsewhere the format is only documentation; here it is held.
    FormatRegistry.Set('uuid', (value) => UUID.test(value))
    check = TypeCompiler.Compile(closed(schema))
    checks.set(schema, check)
  }
  return check
}

/** Paths of fields that hold a time in another form than `2026-03-13T14:22:00Z`. */
function badTimes(value: unknown, path: string): string[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, field]) => {
    const here = `${path}/${name}`
    if (FREE_FIELDS.has(name)) return []
    if (!TIME_FIELD.test(name)) return badTimes(field, here)
    // OpenAI's times are seconds; where that is allowed, the schema has said.
    if (typeof field === 'number') return []
    return field === null || WIRE_TIME.test(String(field)) ? [] : [here]
  })
}
