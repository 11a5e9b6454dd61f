import { parseArgs } from 'node:util'
import type { Contestant, Target } from './contestants.ts'

/** What a load generator was started with. */
export interface Asked {
  hostname: string
  port: number
  /** Whole requests, to be sent in turns. */
  requests: string[]
  expects: string
  /** The numbers that its kind of load needs. */
  number: (name: string) => number
}

/** What a load generator measured. Times are of whole answers, or of first events for streams that are opened. */
export interface LoadResult {
  requests: number
  errors: number
  seconds: number
  p50Ms: number
  p90Ms: number
  p99Ms: number
  maxMs: number
}

/** The command line that `asked` reads. */
export function commandLine(
  { url, method, path, headers, body, expects, targets = [{ path, headers }] }: Contestant,
  numbers: Record<string, number>,
): string[] {
  const values = { method, url, body, expects, ...numbers }
  return [
    ...Object.entries(values).map(([name, value]) => `--${name}=${value}`),
    ...targets.map((target) => `--target=${JSON.stringify(target)}`),
  ]
}

/** @param numbers the names of the numbers and their defaults */
export function asked(numbers: Record<string, number>): Asked {
  const { values } = parseArgs({
    options: {
      method: { type: 'string', default: 'POST' },
      url: { type: 'string', default: '' },
      body: { type: 'string', default: '' },
      expects: { type: 'string', default: '' },
      target: { type: 'string', multiple: true, default: [] },
      ...Object.fromEntries(
        Object.keys(numbers).map((name) => [name, { type: 'string' as const }]),
      ),
    },
  })
  const given: Record<string, unknown> = values
  const { hostname, port, host } = new URL(values.url)
  const requestTo = ({ path, headers }: Target) =>
    [
      `${values.method} ${path} HTTP/1.1`,
      `Host: ${host}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(values.body)}`,
      ...headers,
      '',
      values.body,
    ].join('\r\n')
  return {
    hostname,
    port: Number(port),
    requests: values.target.map((target) => requestTo(JSON.parse(target) as Target)),
    expects: values.expects,
    number: (name) => Number(given[name] ?? numbers[name]),
  }
}

/** Prints the result as one line of JSON. */
export function tell(latencies: number[], errors: number, seconds: number): void {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => {
    const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share))
    return Math.round((sorted[index] ?? 0) * 1000) / 1000
  }
  const result: LoadResult = {
    requests: latencies.length,
    errors,
    seconds,
    p50Ms: at(0.5),
    p90Ms: at(0.9),
    p99Ms: at(0.99),
    maxMs: at(1),
  }
  console.log(JSON.stringify(result))
}
