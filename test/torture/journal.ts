import { closeSync, fsync, openSync, readFileSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Json } from '../binary/callers.ts'

/** Something that the server has acknowledged, which it may therefore never lose. */
export type Acknowledged =
  | { kind: 'run' | 'chat'; id: string; status: string; tokens: number }
  /** A stream does not tell its id: its message is unique instead. */
  | { kind: 'stream'; message: string; tokens: number }
  | { kind: 'tenant'; id: string; key: string }

/** What a run that was answered with 200 may be held to. */
export function acknowledgedRun({ id, status, tokens_used: tokens }: Json): Acknowledged {
  return { kind: 'run', id, status, tokens }
}

const sync = promisify(fsync)

/** One caller's list of what was acknowledged, on the disk before the caller goes on. */
export class Journal {
  readonly #path: string
  readonly #file: number

  constructor(path: string) {
    this.#path = path
    this.#file = openSync(path, 'a')
  }

  async write(entry: Acknowledged): Promise<void> {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`)
    await sync(this.#file)
  }

  read(): Acknowledged[] {
    const lines = readFileSync(this.#path, 'utf8').split('\n').slice(0, -1)
    return lines.map((line) => JSON.parse(line))
  }

  close(): void {
    closeSync(this.#file)
  }
}
