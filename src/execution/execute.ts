import type { Timer } from '../clock.ts'
import { AresError } from '../errors.ts'
import type { EventSource } from '../http/sse.ts'
import type { SettledRun } from '../ledger/run-row.ts'
import { AnswerSession, type ArrivingAnswer } from './answer-session.ts'
import { Life, type LifeDeps, type RunUnderWay, type Task } from './life.ts'
import type { RunResult } from './metered-calls.ts'
import type { Owner, PlaceHolder } from './owner.ts'

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
  /**
   * Resolves once the run is on the disk, and the first event is there or 10 s have passed, so that an earlier fault is
   * an error: as `errorOf` of the answer says.
   */
  streamed<Part, Event extends object | string, Result extends RunResult>(
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

export interface ExecuteDeps extends LifeDeps {
  timer: Timer
}

export function createExecute(deps: ExecuteDeps): Execute {
  return {
    async whole(owner, task) {
      const life = await Life.begin(deps, owner, task)
      let result
      try {
        result = await task.work(life)
      } catch (error) {
        throw await life.breakOff(error)
      }
      const reply = await life.end(result, (settled) => task.replyOf(result, settled))
      if (reply instanceof AresError) throw reply
      return reply
    },
    async streamed(owner, task) {
      const life = await Life.begin(deps, owner, task)
      const durable = deps.ledger.durable()
      durable.catch(() => {})
      let answer
      try {
        answer = task.open(life)
      } catch (error) {
        throw await life.breakOff(error)
      }
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
      await durable.catch((error: unknown) => {
        session.abandon()
        throw error
      })
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
