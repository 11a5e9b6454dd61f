import type { ComponentChildren, Key } from 'preact'

/** One column: its head, and what it shows of a row. */
export interface Column<T> {
  head: string
  cell: (row: T) => ComponentChildren
  /** Classes of the cells: `number`, `cut`, `nowrap`, or `wide` for what a phone leaves out. */
  as?: string
}

/** Rows in columns. Rows keep their place on the page by their key, so that news do not flicker. */
export function Table<T>(props: {
  label: string
  columns: Column<T>[]
  rows: T[]
  rowKey: (row: T) => Key
  empty: ComponentChildren
}) {
  const { label, columns, rows, rowKey, empty } = props
  if (rows.length === 0) return <>{empty}</>
  return (
    <div class="table" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ head, as }) => (
              <th key={head} scope="col" class={as}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ head, cell, as }) => (
                <td key={head} class={as}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
