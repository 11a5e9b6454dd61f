import { AresError } from '../errors.ts'

/** Why a run was stopped; the message becomes the run's `error`. */
export class RunStopped extends Error {
  constructor(
    readonly failure: 'client_gone' | 'shutting_down',
    message: string,
  ) {
    super(message)
  }
}

const clientGone = new RunStopped('client_gone', 'The client went away before the run finished.')
const serverStopping = new RunStopped(
  'shutting_down',
  'The server was stopped before the run finished.',
)

/** Runs at once in one process, beyond which callers are asked to come back. Below Bun's own limit of open fetches (`main.ts`). */
export const MAX_RUNS_IN_FLIGHT = 4000

export interface Flight {
  /** Aborts when the client goes away or the server stops. */
  signal: AbortSignal
  /** Aborts it for the client. */
  abandon(): void
  /** To be called once the run is settled. */
  land(): void
}

/** The runs of this process that are under way. */
export class InFlight {
  readonly #controllers = new Set<AbortController>()
  #idle: (() => void) | undefined

  /** @throws AresError `overloaded` */
  open(client: AbortSignal): Flight {
    if (this.#controllers.size >= MAX_RUNS_IN_FLIGHT) {
      throw new AresError('overloaded', 'Too many runs are under way; try again shortly.', {
        retryAfterS: 1,
      })
    }
    const controller = new AbortController()
    const abandon = () => controller.abort(clientGone)
    if (client.aborted) abandon()
    else client.addEventListener('abort', abandon, { once: true })
    this.#controllers.add(controller)
    return {
      signal: controller.signal,
      abandon,
      land: () => {
        client.removeEventListener('abort', abandon)
        this.#controllers.delete(controller)
        if (this.#controllers.size === 0) this.#idle?.()
      },
    }
  }

  /** Stops every run; each is settled as failed by whoever started it. */
  abortAll(): void {
    for (const controller of this.#controllers) controller.abort(serverStopping)
  }

  /** Resolves when no run is under way. */
  whenIdle(): Promise<void> {
    if (this.#controllers.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#idle = resolve
    })
  }
}
