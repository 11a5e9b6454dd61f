import { FEATURES } from './client.ts'
import { COLUMNS } from './cells.ts'
import type { Outcome, Row } from './play-all.ts'

const NAMES = COLUMNS.map(({ name }) => name)

/** The lines before the rows of the table, which is Markdown. */
export const HEAD = [line(['client', ...NAMES]), line(['---', ...NAMES.map(() => '---')])]

/** One row: in each cell what the client does there, in capitals what failed. */
export function rowLine({ client, columns }: Row, version: string): string {
  return line([`${client} ${version}`, ...NAMES.map((name) => cell(columns[name]!))])
}

function line(cells: string[]): string {
  return `| ${cells.join(' | ')} |`
}

function cell(outcome: Outcome): string {
  return FEATURES.filter((feature) => outcome[feature] !== undefined)
    .map((feature) => (outcome[feature] === null ? feature : `${feature.toUpperCase()} FAILED`))
    .join(', ')
}

/** What went wrong, a line each. */
export function problems(rows: readonly Row[]): string[] {
  return rows.flatMap(({ client, columns }) =>
    Object.entries(columns).flatMap(([column, outcome]) =>
      FEATURES.filter((feature) => typeof outcome[feature] === 'string').map(
        (feature) => `${client}, ${column}, ${feature}: ${outcome[feature]}`,
      ),
    ),
  )
}
