import type { Caller } from '../caller/caller.ts'
import { type Admission, admissionOf } from './admission.ts'
import { admitTenant } from './guards.ts'
import type { BodyReader } from './json-body.ts'

/*
 * The routes that nearly all requests ask for: those that spend. They are mounted like every other, and described,
 * listed and refused as such; but what the framework does for each request, so that a route may ask for it, they do
 * without. They are found in a table of their own, which is made from the mounted routes, and get what the framework
 * would give them: the guard, the reader and the handler are the very same.
 */

/** What a hot route is given. */
export interface HotContext<Body, Params = object> {
  request: Request
  params: Params
  body: Body
  caller: Caller
  admission: Admission
  set: { headers: Record<string, string | number> }
}

type HotHandler<Body, Params> = (context: HotContext<Body, Params>) => Promise<Response>

const hotHandlers = new WeakSet<object>()

/** Declares the handler of a hot route: one under `tenantGuard` that takes JSON, and nothing else before its handler. */
export function hot<Body, Params = object>(
  handler: HotHandler<Body, Params>,
): HotHandler<Body, Params> {
  hotHandlers.add(handler)
  return handler
}

/** A route as the framework has it. */
interface MountedRoute {
  method: string
  path: string
  handler: unknown
  hooks: { parse?: { fn: unknown }[] }
}

interface HotRoute {
  /** `/v1/agents/:name/run`. */
  pattern: string
  read: BodyReader
  handle: HotHandler<unknown, object>
}

/** The hot ones among the mounted routes. */
export class HotRoutes {
  /** By method and path. */
  readonly #fixed = new Map<string, HotRoute>()
  readonly #withParam: { method: string; pattern: ParamPattern; route: HotRoute }[] = []

  constructor(routes: readonly MountedRoute[]) {
    for (const { method, path, handler, hooks } of routes) {
      if (!hotHandlers.has(handler as object)) continue
      const read = hooks.parse![0]!.fn as BodyReader
      const route = { pattern: path, read, handle: handler as HotRoute['handle'] }
      const pattern = paramPattern(path)
      if (pattern) this.#withParam.push({ method, pattern, route })
      else this.#fixed.set(`${method} ${path}`, route)
    }
  }

  /**
   * What replies to such a request; undefined where the framework has to, which also reads paths with escapes.
   *
   * @param path without query and trailing slash
   */
  find(method: string, path: string): ((request: Request) => Promise<Response>) | undefined {
    const fixed = this.#fixed.get(`${method} ${path}`)
    if (fixed) return (request) => replyOf(fixed, request, {})
    if (path.includes('%')) return undefined
    for (const { method: its, pattern, route } of this.#withParam) {
      const param = its === method ? paramIn(path, pattern) : ''
      if (param !== '') return (request) => replyOf(route, request, { [pattern.name]: param })
    }
    return undefined
  }
}

/** A path of which one part may be anything: `/v1/agents/:name/run`. */
interface ParamPattern {
  head: string
  name: string
  tail: string
}

function paramPattern(path: string): ParamPattern | null {
  const [, head, name, tail] = /^([^:]*\/):(\w+)([^:]*)$/.exec(path) ?? []
  return head === undefined ? null : { head, name: name!, tail: tail! }
}

/** What stands there; empty where the path is another. */
function paramIn(path: string, { head, tail }: ParamPattern): string {
  if (!path.startsWith(head) || !path.endsWith(tail)) return ''
  const param = path.slice(head.length, path.length - tail.length)
  return param.includes('/') ? '' : param
}

/** @throws AresError and whatever else the route throws */
async function replyOf(
  { pattern, read, handle }: HotRoute,
  request: Request,
  params: object,
): Promise<Response> {
  const admission = admissionOf(request)
  const body = await read({ request })
  const caller = admitTenant(admission, pattern)
  const set: HotContext<unknown>['set'] = { headers: {} }
  const response = await handle({ request, params, body, caller, admission, set })
  for (const name in set.headers) response.headers.set(name, String(set.headers[name]))
  return response
}
