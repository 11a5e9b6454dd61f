import type { TSchema } from '@sinclair/typebox'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { closed } from '../../closed-schema.ts'
import type { FuzzedRequest } from './fuzzed-requests.ts'
import type { DescribedAnswer, JsonSchema, Operation } from './openapi.ts'
import type { Answer } from './requests.ts'

/** What a path that cannot be, or a method that is not there, is answered with before any operation is reached. */
const UNROUTED = [400, 404, 405]
/** Refusals before a body is read. */
const TURNED_AWAY = [400, 401, 413]

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Holds answers against what the OpenAPI document promises. */
export class Judge {
  readonly #ajv = new Ajv2020({ strict: true, allErrors: false, keywords: ['example'] })
  readonly #checks = new WeakMap<JsonSchema, ValidateFunction>()

  constructor() {
    this.#ajv.addFormat('uuid', UUID)
  }

  /** @throws Error that says what is not as documented */
  check(operation: Operation, request: FuzzedRequest, answer: Answer): void {
    checkStatus(operation, request, answer.status)
    if (!/^[A-Za-z0-9._-]{1,128}$/.test(answer.headers.get('x-request-id') ?? '')) {
      throw new Error(`${answer.status} without X-Request-Id`)
    }
    if (answer.status >= 400) this.#checkRefusal(operation, answer)
    else this.#checkContent(operation.answers.get(answer.status)!, answer)
  }

  #checkRefusal(operation: Operation, answer: Answer): void {
    // A refusal before the operation is reached looks like that of any other.
    const described = operation.answers.get(answer.status) ?? operation.answers.get(401)
    if (!described || described.contents.length === 0)
      throw new Error(`${answer.status} is documented without a body`)
    this.#checkContent(described, answer)
    checkWords(answer)
    if ([429, 503].includes(answer.status) && !answer.headers.has('retry-after')) {
      throw new Error(`${answer.status} without Retry-After`)
    }
  }

  #checkContent({ contents }: DescribedAnswer, { status, headers, text }: Answer): void {
    if (contents.length === 0) {
      if (text !== '') throw new Error(`${status} with a body: ${text.slice(0, 200)}`)
      return
    }
    const type = headers.get('content-type')?.toLowerCase() ?? ''
    const content = contents.find((described) => type.startsWith(described.type))
    if (!content) throw new Error(`${status} as ${type}`)
    if (content.type === 'text/event-stream') this.#checkEvents(content.schema, text)
    else if (content.type === 'text/csv') checkLines(text)
    else this.#checkBody(content.schema, JSON.parse(text))
  }

  #checkEvents(schema: JsonSchema, text: string): void {
    // A relayed stream has the line ends of its provider.
    const blocks = text
      .replaceAll('\r\n', '\n')
      .split('\n\n')
      .filter((block) => block !== '' && !block.startsWith(':'))
    const data = blocks.map((block) => block.replace(/^(?:event: .*\n)?data: /, ''))
    const events = data.filter((each) => each !== '[DONE]').map((each) => JSON.parse(each))
    for (const event of events.filter((each) => !isError(each))) this.#checkBody(schema, event)
    if (data.at(-1) !== '[DONE]' && !isEnd(events.at(-1)))
      throw new Error(`a stream without an end: ${text.slice(-200)}`)
  }

  #checkBody(schema: JsonSchema, body: unknown): void {
    let check = this.#checks.get(schema)
    if (!check) {
      check = this.#ajv.compile(closed(schema as TSchema))
      this.#checks.set(schema, check)
    }
    if (!check(body))
      throw new Error(`${this.#ajv.errorsText(check.errors)}: ${JSON.stringify(body)}`)
  }
}

/** Plain cells alone, as many in each line. */
function checkLines(text: string): void {
  const widths = text.split('\r\n').map((line) => line.split(',').length)
  if (widths.pop() !== 1 || new Set(widths).size !== 1) throw new Error(`no table: ${text}`)
}

/** An event that says only what went wrong; ours say it in the last of their usual events. */
function isError(event: Record<string, unknown>): boolean {
  return 'error' in event && !('delta' in event)
}

/** The last event of a stream that does not end with `[DONE]`, in any of the formats. */
function isEnd(event: Record<string, unknown> | undefined): boolean {
  if (event?.['finish_reason']) return true
  const [candidate] = (event?.['candidates'] ?? []) as { finishReason?: string }[]
  if (candidate?.finishReason) return true
  const type = String(event?.['type'])
  return (
    event?.['error'] !== undefined ||
    /^message_stop$|^response\.(completed|incomplete|failed)$/.test(type)
  )
}

/** What a refusal says besides its form: on the compatible surfaces the words stand one level deeper. */
function checkWords({ status, headers, text }: Answer): void {
  const { request_id, error, details } = JSON.parse(text)
  const isOurs = typeof error === 'string'
  const id = headers.get('x-request-id')
  if ((isOurs || request_id !== undefined) && request_id !== id) throw new Error('two request ids')
  if (!/\S/.test(isOurs ? error : error.message)) throw new Error('an error without words')
  if (isOurs && status === 422 && !details?.length) throw new Error('422 without details')
}

function checkStatus(operation: Operation, request: FuzzedRequest, status: number): void {
  const isOpen = !/^\/(v1|v1beta|api)\//.test(operation.path)
  if (request.credential !== null && !isOpen) {
    if (TURNED_AWAY.includes(status)) return
    throw new Error(`${status} with a wrong credential`)
  }
  if (request.slots.some((slot) => slot !== null) && UNROUTED.includes(status)) return
  if (!operation.answers.has(status)) throw new Error(`${status} is not documented`)
  if (status >= 500 && !isDirected(request)) throw new Error(`${status} with a healthy provider`)
}

/** Whether the message directs the provider to fail. */
function isDirected({ body }: FuzzedRequest): boolean {
  return typeof body === 'string' && body.includes('[fault ')
}
