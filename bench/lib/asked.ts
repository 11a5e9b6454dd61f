import { parseArgs } from 'node:util'
import type { Contestant } from './contestants.ts'

/** What a load generator was started with. */
export interface Asked {
  hostname: string
  port: number
  /** The whole request. */
  request: string
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
  { url, method, path, headers, body, expects }: Contestant,
  numbers: Record<string, number>,
): string[] {
  const values = { method, url: url + path, body, expects, ...numbers }
  return [
    ...Object.entries(values).map(([name, value]) => `--${name}=${value}`),
    ...headers.map((header) => `--header=${header}`),
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
      header: { type: 'string', multiple: true, default: [] },
      ...Object.fromEntries(
        Object.keys(numbers).map((name) => [name, { type: 'string' as const }]),
      ),
    },
  })
  const given: Record<string, unknown> = values
  const { hostname, port, pathname, search, host } = new URL(values.url)
  const request = [
    `${values.method} ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(values.body)}`,
    ...values.header,
    '',
    values.body,
  ].join('\r\n')
  return {
    hostname,
    port: Number(port),
    request,
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
