import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { syncMs } from './machine.ts'

/** A table of one scenario. */
export interface Report {
  title: string
  columns: string[]
  rows: (string | number)[][]
  /** Ratios and remarks below the table. */
  notes: string[]
}

const folder = resolve(import.meta.dir, '../../dist/bench')

/** Prints the table as Markdown and keeps it with its numbers as JSON under `dist/bench/`. */
export function publish(name: string, { notes, ...rest }: Report): void {
  const disk = `the disk: ${syncMs().toFixed(2)} ms for an fdatasync of one page in the folder of the databases (p50)`
  const report = { ...rest, notes: [...notes, disk] }
  const text = markdown(report)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.md`), text)
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(report, null, 2))
  console.log(text)
}

function markdown({ title, columns, rows, notes }: Report): string {
  const rule = `|${columns.map(() => '---').join('|')}|`
  const table = [line(columns), rule, ...rows.map(line)].join('\n')
  const list = notes.map((note) => `- ${note}`).join('\n')
  return [`### ${title}`, table, list].join('\n\n') + '\n'
}

function line(cells: (string | number)[]): string {
  return `| ${cells.map(cell).join(' | ')} |`
}

function cell(value: string | number): string {
  if (typeof value === 'string') return value
  const digits = value >= 1000 ? 0 : value >= 100 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}
