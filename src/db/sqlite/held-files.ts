import { type BigIntStats, fstatSync, lstatSync } from 'node:fs'
import { lstat } from 'node:fs/promises'

/** A file that is open. Without a descriptor of ours it is what lies at its path now. */
export interface OpenFile {
  path: string
  fd?: number
}

type HeldFile = Pick<BigIntStats, 'dev' | 'ino'> & { path: string }

/**
 * Which files are open here, whatever their paths lead to by now. While they are open no other file can get their
 * numbers, so that equal numbers are the same file.
 */
export class HeldFiles {
  readonly #files: HeldFile[]

  /** @throws where one of them is not there */
  constructor(files: OpenFile[]) {
    this.#files = files.map(({ path, fd }) => {
      const { dev, ino } =
        fd === undefined ? lstatSync(path, { bigint: true }) : fstatSync(fd, { bigint: true })
      return { path, dev, ino }
    })
  }

  /** A sentence about the first that is not at its path any more; undefined while all are. */
  async firstLost(): Promise<string | undefined> {
    const fates = await Promise.all(this.#files.map(fateOf))
    const lost = fates.findIndex((fate) => fate !== 'there')
    return lost < 0 ? undefined : `${this.#files[lost]!.path} was ${fates[lost]}`
  }

  /** What has become of the one at this path. */
  fateOf(path: string): Promise<Fate> {
    return fateOf(this.#files.find((file) => file.path === path)!)
  }
}

export type Fate = 'there' | 'replaced' | 'moved or deleted'

async function fateOf({ path, dev, ino }: HeldFile): Promise<Fate> {
  try {
    // The path was resolved before: a link in its place is another file.
    const found = await lstat(path, { bigint: true })
    return found.dev === dev && found.ino === ino ? 'there' : 'replaced'
  } catch (error) {
    const { code } = error as { code?: string }
    // A path that cannot be looked at says nothing of the file.
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'moved or deleted' : 'there'
  }
}
