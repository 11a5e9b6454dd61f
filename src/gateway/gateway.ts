import { AresError } from '../errors.ts'
import type { AnswerProgress } from '../http/answer-progress.ts'
import { jsonText } from '../http/error-handler.ts'
import { eventStream } from '../http/sse.ts'
import { AnswerSession } from '../execution/answer-session.ts'
import type { Flight, InFlight } from '../execution/in-flight.ts'
import type { Outcome } from '../ledger/ledger-changes.ts'
import {
  finishRun,
  type SpendDeps,
  type Spender,
  type StartedRun,
  startRun,
} from '../execution/spend.ts'
import { type Asked, chooseUpstream, type UpstreamDeps } from './upstream/choose-upstream.ts'
import type { RenderContext } from './form/dialect.ts'
import { gatewayError } from './upstream/gateway-error.ts'
import { keptOutput } from './form/kept-content.ts'
import { StreamedAnswer } from './upstream/streamed-answer.ts'
import { findTarget, type Target, type TargetDeps } from './upstream/target.ts'
import type { Upstream, UpstreamResult } from './upstream/upstream.ts'

export interface GatewayDeps extends TargetDeps, UpstreamDeps, SpendDeps {
  inFlight: InFlight
}

type AnyBody = { model: string; stream?: boolean | null }

/** A request to one of the compatible surfaces. */
export interface GatewayCall<Body extends AnyBody> extends Spender, Asked<Body>, AnswerProgress {
  client: AbortSignal
  requestId: string
}

/** Answers in the formats that clients speak already; exactly one recorded run for each request. */
export interface Gateway {
  /**
   * A whole answer.
   *
   * @throws AresError as `findTarget`, `chooseUpstream`, `InFlight.open` and `Ledger.reserve`; after the settled run
   *   as `gatewayError`
   */
  complete<Body extends AnyBody>(call: GatewayCall<Body>): Promise<object>
  /** An answer as it arrives; resolves once its first events are there. @throws AresError as `complete` */
  stream<Body extends AnyBody>(call: GatewayCall<Body>): Promise<Response>
}

export function createGateway(deps: GatewayDeps): Gateway {
  return {
    complete: async (call) => completeNow(deps, await prepare(deps, call)),
    stream: async (call) => streamNow(deps, await prepare(deps, call)),
  }
}

/** A request whose answer may begin. */
interface Prepared<Body extends AnyBody> {
  call: GatewayCall<Body>
  target: Target
  upstream: Upstream<Body>
  flight: Flight
}

async function prepare<Body extends AnyBody>(
  deps: GatewayDeps,
  call: GatewayCall<Body>,
): Promise<Prepared<Body>> {
  const target = await findTarget(deps, call.caller, call.body.model)
  const upstream = chooseUpstream(deps, call, target)
  const flight = deps.inFlight.open(call.caller.tenantId, target.entry.providerName, call.client)
  return { call, target, upstream, flight }
}

async function completeNow<Body extends AnyBody>(
  deps: GatewayDeps,
  prepared: Prepared<Body>,
): Promise<object> {
  const { call, upstream, flight } = prepared
  try {
    const started = await start(deps, prepared)
    const { result, reply } = await upstream.complete(contextOf(call, started), flight.signal)
    const answer = await settle(deps, { ...prepared, started, result }, (outcome) => {
      call.finished(outcome)
      return result.ok ? (reply!.text ?? reply!.body) : gatewayError(result)
    })
    if (answer instanceof AresError) throw answer
    return typeof answer === 'string' ? jsonText(answer) : answer
  } finally {
    flight.land()
  }
}

type GatewaySession = AnswerSession<Uint8Array, Uint8Array>

async function streamNow<Body extends AnyBody>(
  deps: GatewayDeps,
  prepared: Prepared<Body>,
): Promise<Response> {
  const { call, upstream, flight } = prepared
  let session: GatewaySession | undefined
  try {
    const started = await start(deps, prepared)
    const stream = upstream.open(contextOf(call, started), flight.signal)
    session = new AnswerSession({
      clock: deps.clock,
      answer: new StreamedAnswer(stream, {
        requestId: call.requestId,
        settle: (result) => settleStream(deps, { ...prepared, started, result }),
      }),
      flight,
      begun: (ms) => {
        call.times.provider = ms
      },
    })
    await session.begin()
  } catch (error) {
    if (!session) flight.land()
    throw error
  }
  call.streaming()
  return eventStream(session, (events) => events)
}

function start<Body extends AnyBody>(
  deps: GatewayDeps,
  { call, target: { entry, agent } }: Prepared<Body>,
): Promise<StartedRun> {
  return startRun(deps, call, {
    kind: call.dialect.kind,
    agent: agent && { id: agent.id, version: agent.version },
    model: entry.model.id,
    provider: entry.providerName,
  })
}

interface Ending<Body extends AnyBody> extends Prepared<Body> {
  started: StartedRun
  result: UpstreamResult
}

function settle<Body extends AnyBody, Answer extends object | string>(
  deps: GatewayDeps,
  { target, upstream, started, result }: Ending<Body>,
  replyOf: (outcome: Outcome) => Answer,
): Promise<Answer> {
  const content = { input: upstream.input, output: result.ok ? keptOutput(result) : null }
  return finishRun(deps, started, { model: target.entry.model, result, content, replyOf })
}

async function settleStream<Body extends AnyBody>(
  deps: GatewayDeps,
  ending: Ending<Body>,
): Promise<void> {
  let outcome: Outcome | null = null
  try {
    outcome = await settle(deps, ending, (recorded) => recorded)
  } finally {
    ending.flight.land()
    ending.call.finished(outcome)
  }
}

function contextOf<Body extends AnyBody>(
  { body }: GatewayCall<Body>,
  { run }: StartedRun,
): RenderContext<Body> {
  return { body, runId: run.id, created: Math.floor(Date.parse(run.startedAt) / 1000) }
}
