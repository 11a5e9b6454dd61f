import { ownerOf } from '../execution/owner.ts'
import { hot, type HotContext } from '../http/hot-routes.ts'
import { refuseIdempotencyKey } from '../idempotency/claim.ts'
import { type OnceDeps, runOnce } from '../idempotency/once.ts'
import type { Surface, SurfaceBody } from './form/surface.ts'
import type { Asked } from './upstream/choose-upstream.ts'
import type { ReplyWithHints, Gateway } from './gateway.ts'

export interface SurfaceHandlerDeps extends OnceDeps {
  gateway: Gateway
}

/** What of a request a surface looks at beside its body. */
interface Manners {
  /** Those that a provider of the client's own family gets too. */
  relayedHeaders?: (headers: Headers) => Record<string, string> | undefined
  /** How the events of a stream are sent. */
  framingFor?: (request: Request) => Asked<SurfaceBody>['framing']
}

/** The handler of a surface: a whole answer, once for each `Idempotency-Key`, or a stream. */
export function surfaceHandler<Body extends SurfaceBody>(
  deps: SurfaceHandlerDeps,
  surface: Surface<Body>,
  { relayedHeaders, framingFor }: Manners = {},
): (context: HotContext<Body>) => Promise<Response> {
  return hot(async (context) => {
    const { body, request } = context
    const asked = {
      surface,
      body,
      relayedHeaders: relayedHeaders?.(request.headers),
      framing: framingFor?.(request),
    }
    if (body.stream === true) {
      refuseIdempotencyKey(request)
      return told(await deps.gateway.stream(ownerOf(context), asked), context)
    }
    return runOnce(deps, context, async (claim) =>
      told(await deps.gateway.complete(ownerOf(context, claim), asked), context),
    )
  })
}

/** Tells of hints that were left out. */
const LEFT_OUT = 'x-ares-left-out'
/** Longer than any client needs, shorter than what proxies take for a header. */
const MAX_LEFT_OUT = 2000

/** The reply, and in a header which hints its provider was not given. */
export function told<Reply extends object | string>(
  { reply, leftOut }: ReplyWithHints<Reply>,
  { set }: Pick<HotContext<unknown>, 'set'>,
): Reply {
  if (leftOut.length > 0) set.headers[LEFT_OUT] = headerOf(leftOut)
  return reply
}

/** As many as fit, and a sign that there are more. */
function headerOf(leftOut: readonly string[]): string {
  const all = leftOut.map((at) => encodeURI(at)).join(', ')
  if (all.length <= MAX_LEFT_OUT) return all
  return `${all.slice(0, all.lastIndexOf(', ', MAX_LEFT_OUT))}, …`.replace('…', '...')
}
