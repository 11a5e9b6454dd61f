import { sql } from 'kysely'
import { statSync } from 'node:fs'
import type { AresDatabase, DatabaseFile, FilePages } from '../database.ts'
import type { Statement } from '../statements.ts'
import { LONG_BYTES } from './wal.ts'

/** The driver takes one step of this pragma per execution, and one step gives back one page. */
export const freePage: Statement = {
  name: 'free_page',
  build: (db) => ({ compile: () => sql`pragma incremental_vacuum(1)`.compile(db) }),
}

/** The pages and sizes of a file in WAL mode. @param writer to which `freePage` was declared */
export function filePages(
  path: string,
  { db, writer }: Pick<AresDatabase, 'db' | 'writer'>,
): DatabaseFile {
  const pages = async () => {
    const { rows } = await sql<FilePages>`
      select page_count, freelist_count, page_size
      from pragma_page_count, pragma_freelist_count, pragma_page_size`.execute(db)
    return rows[0]!
  }
  // In one turn: between two of them the log may be folded into the file.
  const sizes = async () => ({ fileBytes: sizeOf(path), logBytes: sizeOf(`${path}-wal`) })
  return {
    pages,
    sizes,
    async giveBack(count) {
      const step = { statement: freePage.name, params: {} }
      await writer.submit({ steps: Array.from({ length: count }, () => step), additions: [] })
    },
    async owedBytes() {
      const [{ page_count, page_size }, { fileBytes, logBytes }] = await Promise.all([
        pages(),
        sizes(),
      ])
      // The file by the pages that are in the log alone, the log until it is folded.
      return Math.max(0, page_count * page_size - fileBytes) + Math.max(0, LONG_BYTES - logBytes)
    },
  }
}

/** 0 for a file that is not there. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
