import { readFileSync } from 'node:fs'

/** Resident memory of a process, in MB. */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

interface Sample {
  second: number
  mb: number
}

/** Looks once a second how much memory a process holds. */
export class MemoryWatch {
  readonly samples: Sample[] = []
  readonly #timer: ReturnType<typeof setInterval>

  constructor(pid: number) {
    const startedMs = performance.now()
    this.#timer = setInterval(() => {
      const second = (performance.now() - startedMs) / 1000
      this.samples.push({ second, mb: residentMb(pid) })
    }, 1000)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  get peakMb(): number {
    return Math.max(...this.samples.map(({ mb }) => mb))
  }

  /** What a collection has left; what it has not taken yet comes and goes. */
  get lowestMb(): number {
    return Math.min(...this.samples.map(({ mb }) => mb))
  }

  /** MB a minute by a straight line through the samples from that second on; null with fewer than two. */
  slopeFrom(second: number): number | null {
    const late = this.samples.filter((sample) => sample.second >= second)
    if (late.length < 2) return null
    const meanSecond = mean(late.map((sample) => sample.second))
    const meanMb = mean(late.map(({ mb }) => mb))
    let covariance = 0
    let variance = 0
    for (const { second, mb } of late) {
      covariance += (second - meanSecond) * (mb - meanMb)
      variance += (second - meanSecond) ** 2
    }
    return (covariance / variance) * 60
  }
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
