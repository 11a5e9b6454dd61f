import type { Timer } from '../clock.ts'
import { AresError } from '../errors.ts'
import { toAresError } from '../http/error-handler.ts'
import type { EventSource } from '../http/sse.ts'
import { type OpenRun, type SettledRun, type Spending, tokensOf } from '../ledger/run-row.ts'
import { NO_USAGE } from '../form/answer.ts'
import { AnswerSession, type ArrivingAnswer } from './answer-session.ts'
import { ourFault } from './failed-call.ts'
import { type Flight, type InFlight, leaseLost } from './in-flight.ts'
import type { FailedRun, RunResult } from './metered-calls.ts'
import type { Owner, PlaceHolder } from './owner.ts'
import {
  type Ended,
  settleReservedRun,
  type ReservedRunDeps,
  type ReservedRun,
  reserveRun,
} from './reserved-run.ts'

/*
 * The life of a run, whoever asks and however it is answered: a place is taken, the run reserved, its work timed, the
 * run settled and answered from the settled row, the place freed. Nothing else does any of these.
 */

/** A run whose work may begin. */
export interface RunUnderWay {
  run: OpenRun
  /** Aborts when its owner has gone, its lease is lost or the server stops. */
  signal: AbortSignal
}

/** What is executed, and what of it is recorded. `Result` is how the work ended. */
interface Task<Result extends RunResult> extends Pick<Ended, 'model'> {
  spending: Spending
  contentOf(result: Result | FailedRun, run: OpenRun): Ended['content']
}

/** Work that is answered whole. */
export interface WholeTask<Result extends RunResult, Reply> extends Task<Result> {
  /** A failure is a result. What is thrown all the same is our fault: the run fails, and the caller gets the error. */
  work(underWay: RunUnderWay): Promise<Result>
  /** `AresError` where that is the answer, a string where JSON text is relayed. */
  replyOf(result: Result, settled: SettledRun): Reply | AresError
}

/** Work whose answer is told while it arrives. */
export interface StreamedTask<Part, Event, Result extends RunResult> extends Task<Result> {
  /** Asks for nothing before it is read. */
  open(underWay: RunUnderWay): ArrivingAnswer<Part, Event, Result>
}

/** Executes runs. All throw AresError as `InFlight.open` and `Ledger.reserve`, and `storage_unavailable` at the end. */
export interface Execute {
  /** @throws AresError also as the task's reply */
  whole<Result extends RunResult, Reply extends object | string>(
    owner: Owner,
    task: WholeTask<Result, Reply>,
  ): Promise<Reply>
  /** Resolves once the first event is there or 10 s have passed, so that an earlier fault is an error: as `errorOf` of the answer says. */
  streamed<Part, Event extends object, Result extends RunResult>(
    owner: Owner,
    task: StreamedTask<Part, Event, Result>,
  ): Promise<EventSource<Event>>
  /** What calls a provider without being a run: it takes a place, and nothing is reserved or recorded. */
  unrecorded<T>(
    holder: PlaceHolder,
    provider: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>
}

export interface ExecuteDeps extends ReservedRunDeps {
  inFlight: InFlight
  timer: Timer
}

export function createExecute(deps: ExecuteDeps): Execute {
  return {
    async whole(owner, task) {
      const life = await Life.begin(deps, owner, task)
      const result = await life.attempt((underWay) => task.work(underWay))
      const reply = await life.end(result, (settled) => task.replyOf(result, settled))
      if (reply instanceof AresError) throw reply
      return reply
    },
    async streamed(owner, task) {
      const life = await Life.begin(deps, owner, task)
      const answer = await life.attempt((underWay) => task.open(underWay))
      const session = new AnswerSession({
        clock: deps.clock,
        timer: deps.timer,
        answer,
        flight: life.flight,
        settle: (result) => life.end(result, (settled) => settled),
        begun: (ms) => {
          owner.progress.times.provider = ms
        },
      })
      await session.begin()
      owner.progress.streaming()
      return session
    },
    async unrecorded(holder, provider, work) {
      const flight = deps.inFlight.open(holder, provider)
      try {
        return await work(flight.signal)
      } finally {
        flight.land()
      }
    },
  }
}

/** One run from its place to its end. */
class Life<Result extends RunResult> {
  readonly #deps: ExecuteDeps
  readonly #task: Task<Result>
  readonly #started: ReservedRun

  private constructor(
    deps: ExecuteDeps,
    task: Task<Result>,
    readonly flight: Flight,
    started: ReservedRun,
  ) {
    this.#deps = deps
    this.#task = task
    this.#started = started
  }

  static async begin<Result extends RunResult>(
    deps: ExecuteDeps,
    owner: Owner,
    task: Task<Result>,
  ): Promise<Life<Result>> {
    const holder = { tenantId: owner.caller.tenantId, gone: owner.gone }
    const flight = deps.inFlight.open(holder, task.spending.provider)
    try {
      const started = await reserveRun(deps, owner, task.spending, () => flight.stop(leaseLost))
      return new Life(deps, task, flight, started)
    } catch (error) {
      flight.land()
      throw error
    }
  }

  /** What throws is our fault: the run has failed. */
  async attempt<T>(work: (underWay: RunUnderWay) => T | Promise<T>): Promise<T> {
    try {
      return await work({ run: this.#started.run, signal: this.flight.signal })
    } catch (error) {
      const failed: FailedRun = { ...ourFault(error), usage: NO_USAGE, providerMs: 0 }
      await this.end(failed, () => toAresError(error))
      throw error
    }
  }

  /** Settles, and frees the place however that goes. */
  async end<Reply extends object | string>(
    result: Result | FailedRun,
    replyOf: (settled: SettledRun) => Reply,
  ): Promise<Reply> {
    const { owner, run } = this.#started
    let tokens: number | null = null
    try {
      const content = this.#task.contentOf(result, run)
      const ended = { model: this.#task.model, result, content }
      const { settled, reply } = await settleReservedRun(this.#deps, this.#started, ended, replyOf)
      tokens = tokensOf(settled)
      return reply
    } finally {
      this.flight.land()
      owner.progress.finished(tokens)
    }
  }
}
