import type { UpstreamCall } from '../upstream.ts'

interface Waiting {
  resolve: () => void
  reject: (reason: Error) => void
}

/** Lets so many callers be at something at the same time; the others wait in line. */
export class Turns {
  #free: number
  readonly #line = new Set<Waiting>()

  constructor(atOnce: number) {
    this.#free = atOnce
  }

  /** Resolves when it is the caller's turn, which `done` ends. @throws why the call was stopped */
  async take(call: UpstreamCall): Promise<void> {
    if (this.#free > 0) {
      this.#free--
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting = { resolve, reject }
    this.#line.add(waiting)
    call.onStopped = () => {
      this.#line.delete(waiting)
      reject(call.stopped!)
    }
    await promise
  }

  done(): void {
    const [next] = this.#line
    if (next === undefined) {
      this.#free++
      return
    }
    this.#line.delete(next)
    next.resolve()
  }
}
