import { bytesOf, offsetOf, type TracedCall } from '../strace.ts'

/** What a disk writes whole or not at all. */
const SECTOR = 512

/** Decides for a write that was not synced which of its sectors are on the disk; of a truncation, whether it is. */
export type Fate = () => SectorFate
export type SectorFate = () => boolean

interface Unsynced {
  endedAt: number
  apply(content: Content, fate: Fate): void
}

/**
 * A file as a power loss leaves it. What was synced is there. Of what was written since, each sector may be or not, in
 * any order; of two writes to one sector, the later is never taken back by the earlier.
 */
export class LossyFile {
  #synced: Content
  #unsynced: Unsynced[] = []

  constructor(bytes: Buffer) {
    this.#synced = new Content(bytes)
  }

  write(call: TracedCall): void {
    const bytes = bytesOf(call)
    const offset = offsetOf(call)
    const { endedAt } = call
    this.#unsynced.push({
      endedAt,
      apply: (content, fate) => content.write(bytes, offset, fate()),
    })
  }

  truncate({ args, endedAt }: TracedCall): void {
    const length = Number(/, (\d+)\) += /.exec(args)![1])
    this.#unsynced.push({
      endedAt,
      apply: (content, fate) => {
        if (fate()()) content.length = length
      },
    })
  }

  /** A sync has ended: it has all that had been written before it began. */
  sync({ startedAt }: TracedCall): void {
    const isCovered = ({ endedAt }: Unsynced) => endedAt < startedAt
    for (const each of this.#unsynced.filter(isCovered)) each.apply(this.#synced, () => () => true)
    this.#unsynced = this.#unsynced.filter((each) => !isCovered(each))
  }

  /** What is found after a loss at this moment. */
  after(fate: Fate): Buffer {
    const content = new Content(this.#synced.bytes)
    for (const each of this.#unsynced) each.apply(content, fate)
    return content.bytes
  }
}

/** Bytes that grow. */
class Content {
  #buffer: Buffer
  #length: number

  constructor(bytes: Buffer) {
    this.#buffer = Buffer.from(bytes)
    this.#length = bytes.length
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  set length(length: number) {
    this.#buffer.fill(0, length)
    this.#length = length
  }

  write(bytes: Buffer, offset: number, fate: SectorFate): void {
    for (let at = 0; at < bytes.length;) {
      const size = Math.min(SECTOR - ((offset + at) % SECTOR), bytes.length - at)
      if (fate()) this.#put(bytes.subarray(at, at + size), offset + at)
      at += size
    }
  }

  #put(bytes: Buffer, offset: number): void {
    const end = offset + bytes.length
    if (end > this.#buffer.length) {
      const grown = Buffer.alloc(end * 2)
      this.#buffer.copy(grown, 0, 0, this.#length)
      this.#buffer = grown
    }
    bytes.copy(this.#buffer, offset)
    this.#length = Math.max(this.#length, end)
  }
}
