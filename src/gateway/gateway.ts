import type { AresError } from '../errors.ts'
import type { Execute } from '../execution/execute.ts'
import type { Owner } from '../execution/owner.ts'
import { eventStream, sseFraming } from '../http/sse.ts'
import type { OpenRun, Spending } from '../ledger/run-row.ts'
import { type KeepingDeps, keepsContents } from '../retention/keeps-contents.ts'
import { keptOutput } from './form/kept-content.ts'
import type { RenderContext, SurfaceBody } from './form/surface.ts'
import { type Asked, chooseUpstream, type UpstreamDeps } from './upstream/choose-upstream.ts'
import { gatewayError } from './upstream/gateway-error.ts'
import { StreamedAnswer } from './upstream/streamed-answer.ts'
import { findTarget, type Target, type TargetDeps } from './upstream/target.ts'
import type { Upstream, UpstreamResult, WholeResult } from './upstream/upstream.ts'

export interface GatewayDeps extends TargetDeps, UpstreamDeps, KeepingDeps {
  execute: Execute
}

/** A reply, and what of its request had no bearing on it. */
export interface ReplyWithHints<Reply extends object | string> {
  reply: Reply
  /** Where the hints stand that its provider was not given, as JSON pointers. */
  leftOut: readonly string[]
}

/** Answers in the formats that clients speak already; exactly one recorded run for each request. */
export interface Gateway {
  /**
   * A whole answer.
   *
   * @throws AresError as `findTarget`, `chooseUpstream` and `Execute`; after the settled run as `gatewayError`
   */
  complete<Body extends SurfaceBody>(
    owner: Owner,
    asked: Asked<Body>,
  ): Promise<ReplyWithHints<object | string>>
  /** An answer as it arrives; resolves once its first events are there. @throws AresError as `complete` */
  stream<Body extends SurfaceBody>(
    owner: Owner,
    asked: Asked<Body>,
  ): Promise<ReplyWithHints<Response>>
}

export function createGateway(deps: GatewayDeps): Gateway {
  return {
    async complete(owner, asked) {
      const { upstream, task, contextOf } = await prepare(deps, owner, asked)
      const reply = await deps.execute.whole(owner, {
        ...task,
        work: ({ run, signal }) => upstream.complete(contextOf(run), signal),
        replyOf: (result: WholeResult): object | string | AresError => {
          if (!result.ok) return gatewayError(result)
          return result.reply.text ?? result.reply.body
        },
      })
      return { reply, leftOut: upstream.leftOut }
    },
    async stream(owner, asked) {
      const { upstream, task, contextOf } = await prepare(deps, owner, asked)
      const events = await deps.execute.streamed(owner, {
        ...task,
        open({ run, signal }) {
          return new StreamedAnswer(upstream.open(contextOf(run), signal), owner.requestId)
        },
      })
      const { framing = eventsAsTheyAre } = asked
      return { reply: eventStream(events, framing(events)), leftOut: upstream.leftOut }
    },
  }
}

/** What comes from upstream is written as events already. */
const eventsAsTheyAre: NonNullable<Asked<SurfaceBody>['framing']> = () =>
  sseFraming((written) => written)

/** Where the answer comes from, and what of it is recorded. */
async function prepare<Body extends SurfaceBody>(
  deps: GatewayDeps,
  owner: Owner,
  asked: Asked<Body>,
) {
  const { surface, body } = asked
  const target = await findTarget(deps, owner.caller, body.model)
  const recalled = await surface.recall?.(deps.reads, owner.caller, body)
  const upstream: Upstream<Body> = chooseUpstream(deps, { ...asked, ...recalled }, target)
  const kept = recalled?.kept ?? null
  const contextOf = ({ id, started_at }: OpenRun): RenderContext<Body> => ({
    body,
    runId: id,
    created: Math.floor(Date.parse(started_at) / 1000),
    kept: kept !== null && keepsContents(deps),
  })
  const task = {
    spending: spendingOf(target, surface.kind),
    model: target.entry.model,
    contentOf: (result: UpstreamResult, run: OpenRun) => ({
      input: upstream.input,
      output: result.ok ? keptOutput(result.parts) : null,
      response:
        result.ok && kept
          ? {
              ...kept,
              response: JSON.stringify(result.retold ?? surface.reply(result, contextOf(run))),
            }
          : null,
    }),
  }
  return { upstream, task, contextOf }
}

function spendingOf({ entry, agent }: Target, kind: Spending['kind']): Spending {
  return {
    kind,
    agent_id: agent?.id ?? null,
    agent_version: agent?.version ?? null,
    model: entry.model.id,
    provider: entry.providerName,
  }
}
