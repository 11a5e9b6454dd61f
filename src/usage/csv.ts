import type { DailyRow } from './daily-rows.ts'

const COLUMNS = [
  'day',
  'tenant_id',
  'tenant_name',
  'model',
  'kind',
  'runs',
  'failed_runs',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'cost_micro_usd',
] as const satisfies (keyof DailyRow)[]

/** The first line of a usage table. */
export const CSV_HEADER = csvLine(COLUMNS.map((column) => (column === 'day' ? 'date' : column)))

/** One line of a usage table. */
export function usageLine(row: DailyRow): string {
  return csvLine(COLUMNS.map((column) => row[column] ?? ''))
}

/** Cells as RFC 4180 has them, so that no spreadsheet takes one for a formula. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => quoted(defused(String(cell)))).join(',')}\r\n`
}

/** An apostrophe in front makes a text of it. */
function defused(cell: string): string {
  return /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
