import { networkOf, widerNetworkOf } from '../networks.ts'

/** Sources kept apart; a swarm may have any number. */
const MAX_SOURCES = 1000
/** Sources that one telling names; with more, they are widened first. */
const MAX_TOLD = 100

/** Where wrong secrets came from: one client or, under a swarm, a network of many. */
export interface Source {
  /** The latest address; the network itself once it is widened. */
  from: string
  /** The network of one client, or the widened one. */
  network: string
  count: number
  /** Whether it has guessed so often that it has to wait. */
  mustWait: boolean
}

/** What is told of the failures of an interval. */
export interface ToldFailures {
  /** Of all sources. */
  count: number
  /** Those with the most failures first; never empty. */
  sources: Source[]
  /** Failures of sources that are not named. */
  elsewhere: number
}

/**
 * Counts wrong secrets by where they come from, in bounded memory: by client (`networkOf`) as long as those are few,
 * then by `widerNetworkOf`; where there are too many of these too, further ones are only counted.
 */
export class GatheredFailures {
  #sources = new Map<string, Source>()
  #networkOf = networkOf
  #count = 0

  get isEmpty(): boolean {
    return this.#count === 0
  }

  note(address: string, mustWait: boolean): void {
    this.#count++
    if (!this.#add({ from: address, network: this.#networkOf(address), count: 1, mustWait })) {
      this.#widen()
      this.#add({ from: address, network: this.#networkOf(address), count: 1, mustWait })
    }
  }

  told(): ToldFailures {
    if (this.#sources.size > MAX_TOLD) this.#widen()
    const sources = [...this.#sources.values()]
      .toSorted((a, b) => b.count - a.count)
      .slice(0, MAX_TOLD)
    const named = sources.reduce((sum, { count }) => sum + count, 0)
    return { count: this.#count, sources, elsewhere: this.#count - named }
  }

  /** False when there is no room for a new source. */
  #add(source: Source): boolean {
    const known = this.#sources.get(source.network)
    if (known) {
      known.from = this.#isWide ? known.network : source.from
      known.count += source.count
      known.mustWait ||= source.mustWait
      return true
    }
    if (this.#sources.size >= MAX_SOURCES) return false
    const from = this.#isWide ? source.network : source.from
    this.#sources.set(source.network, { ...source, from })
    return true
  }

  get #isWide(): boolean {
    return this.#networkOf === widerNetworkOf
  }

  #widen(): void {
    if (this.#isWide) return
    const narrow = this.#sources
    this.#sources = new Map()
    this.#networkOf = widerNetworkOf
    for (const source of narrow.values()) {
      this.#add({ ...source, network: widerNetworkOf(source.from) })
    }
  }
}
