import { sql } from 'kysely'
import { statement, type StatementReader } from '../db/statements.ts'
import type { Db } from '../db/tables.ts'
import { nextTurn } from '../next-turn.ts'
import { ROW_BYTES } from '../http/replies.ts'
import { jsonBytes, jsonColumn, JsonText } from '../http/json-text.ts'
import type { ReplySize } from '../limits/reply-budget.ts'
import { HEAD_LENGTH, inputPreview, outputPreview, wholeInputPreview } from './content-preview.ts'
import { CONTENT_SIZES, type ContentSizes, type RunRow } from './store.ts'

/** Bytes of contents in a list, about. */
const LIST_BYTES = 4 * 1024 * 1024
/** What a preview takes. */
const PREVIEW_BYTES = 2200
/** Read in one turn, unless a single run has more. */
const STEP_BYTES = 256 * 1024

/** What a list shows of what was said: JSON, whole or a preview. */
export interface ShownContent {
  input: JsonText | null
  output: JsonText | null
  truncated: boolean
}

/** What was said, as JSON. */
export type WholeContent = Omit<ShownContent, 'truncated'>

type SizedRun = Pick<RunRow, 'content_of'> & ContentSizes & { id: string }

/**
 * How long an input or an output may be to be shown whole among these runs: as long as they like where all fit into one
 * answer, else the longest are shortened.
 */
export function wholeBytes(runs: ContentSizes[]): number {
  const sizes = runs.flatMap(({ input_bytes, output_bytes }) => [
    input_bytes ?? 0,
    output_bytes ?? 0,
  ])
  let left = sizes.reduce((sum, size) => sum + size, 0)
  let whole = Number.MAX_SAFE_INTEGER
  for (const size of sizes.toSorted((a, b) => b - a)) {
    if (left <= LIST_BYTES) break
    left -= size
    whole = size - 1
  }
  return whole
}

/** How much one run is with all that was said. */
export function sizeOfRun({ input_bytes, output_bytes }: ContentSizes): ReplySize {
  return { bytes: ROW_BYTES + (input_bytes ?? 0) + (output_bytes ?? 0) }
}

/** What was said in a run, however long; undefined where nothing is kept (yet). */
export async function wholeContent(
  reads: StatementReader,
  run: SizedRun,
): Promise<WholeContent | undefined> {
  if (run.content_of === null) return undefined
  const input = await reads.bytes(inputOfRun, { id: run.id })
  if (input === undefined) return undefined
  if ((run.input_bytes ?? 0) > STEP_BYTES) await nextTurn()
  const output = await reads.bytes(outputOfRun, { id: run.id })
  return {
    input: input && (await jsonBytes(input)),
    output: output ? await jsonBytes(output) : null,
  }
}

function columnOf(db: Db, id: string, column: 'input' | 'output') {
  return db.selectFrom('run_contents').select(`${column} as text`).where('run_id', '=', id)
}

const inputOfRun = statement('input_of_run', (db, p: { id: string }) => columnOf(db, p.id, 'input'))

const outputOfRun = statement('output_of_run', (db, p: { id: string }) =>
  columnOf(db, p.id, 'output'),
)

/** How much a list of these runs is. */
export function sizeOfList(runs: SizedRun[], whole: number): ReplySize {
  let bytes = 0
  let read = 0
  for (const run of runs) {
    bytes += ROW_BYTES
    for (const size of [run.input_bytes ?? 0, run.output_bytes ?? 0]) {
      bytes += size <= whole ? size : PREVIEW_BYTES
      read += size
    }
  }
  return { bytes, read }
}

/** What a list shows of these runs, by their ids; of some nothing is kept (yet). Read in steps. */
export async function shownContents(
  db: Db,
  runs: SizedRun[],
  whole: number,
): Promise<Map<string, ShownContent>> {
  const shown = new Map<string, ShownContent>()
  for (const ids of groupsOf(runs)) {
    const contents = await contentsOf(db, ids, whole)
    for (const content of contents) {
      const found = await show(db, content, whole)
      if (found) shown.set(content.run_id, found)
    }
    await nextTurn()
  }
  return shown
}

/** Each with as much as one turn may read; the databases read a long text whole to cut it. */
function groupsOf(runs: SizedRun[]): string[][] {
  const groups: string[][] = []
  let bytes = Infinity
  for (const { id, content_of, input_bytes, output_bytes } of runs) {
    if (content_of === null) continue
    const size = (input_bytes ?? 0) + (output_bytes ?? 0)
    if (bytes + size > STEP_BYTES) {
      groups.push([])
      bytes = 0
    }
    bytes += size
    groups.at(-1)!.push(id)
  }
  return groups
}

/** JSON text; of what is too long only its beginning. */
interface Beginnings extends ContentSizes {
  run_id: string
  input: string | null
  output: string | null
}

function contentsOf(db: Db, ids: string[], whole: number): Promise<Beginnings[]> {
  const beginning = (column: 'input' | 'output') =>
    sql<string | null>`case when octet_length(${sql.ref(column)}) <= cast(${whole} as bigint)
      then ${sql.ref(column)} else substr(${sql.ref(column)}, 1, ${HEAD_LENGTH}) end`
  return db
    .selectFrom('run_contents')
    .select([
      'run_id',
      beginning('input').as('input'),
      beginning('output').as('output'),
      ...CONTENT_SIZES,
    ])
    .where('run_id', 'in', ids)
    .execute()
}

/** Undefined when it has been dropped by now. */
async function show(
  db: Db,
  { run_id, input, output, input_bytes, output_bytes }: Beginnings,
  whole: number,
): Promise<ShownContent | undefined> {
  const cutsInput = input !== null && (input_bytes ?? 0) > whole
  const cutsOutput = output !== null && (output_bytes ?? 0) > whole
  const preview = cutsInput ? (inputPreview(input) ?? (await wholePreview(db, run_id))) : null
  if (cutsInput && preview === null) return undefined
  return {
    input: preview ? asText(preview) : jsonColumn(input),
    output: cutsOutput ? asText(outputPreview(output)) : jsonColumn(output),
    truncated: cutsInput || cutsOutput,
  }
}

/** For an input that an earlier version kept as it came: its message may stand behind its context. */
async function wholePreview(db: Db, id: string): Promise<{ message: string } | null> {
  await nextTurn()
  const input = await columnOf(db, id, 'input').executeTakeFirst()
  await nextTurn()
  return input?.text ? wholeInputPreview(input.text) : null
}

function asText(value: object): JsonText {
  return new JsonText([JSON.stringify(value)])
}
