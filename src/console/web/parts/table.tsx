import type { ComponentChildren, Key } from 'preact'
import { linkHere, place } from '../router.ts'

type Order = 'asc' | 'desc'

/** One column: its head, and what it shows of a row. */
export interface Column<T> {
  head: string
  cell: (row: T) => ComponentChildren
  /** Classes of the cells: `number`, `cut`, `nowrap`, or `wide` for what a phone leaves out. */
  as?: string
  /** That the server can sort by it: how the API calls it, and which way it goes at first. */
  sort?: { name: string; first: Order }
}

/** What a list is sorted by: what the address says, or else one of the columns. */
export function sortingOf<T>(
  columns: readonly Column<T>[],
  fallback: string,
): { sort: string; order: Order } {
  const { query } = place.value
  const sort = query.get('sort') ?? fallback
  const first = columns.find((column) => column.sort?.name === sort)?.sort?.first ?? 'asc'
  const order = query.get('order')
  return { sort, order: order === 'asc' || order === 'desc' ? order : first }
}

/** Rows in columns. Rows keep their place on the page by their key, so that news do not flicker. */
export function Table<T>(props: {
  label: string
  columns: Column<T>[]
  rows: T[]
  rowKey: (row: T) => Key
  empty: ComponentChildren
  /** The order of the rows, for a list that the server sorts. */
  sorting?: { sort: string; order: Order }
}) {
  const { label, columns, rows, rowKey, empty, sorting } = props
  if (rows.length === 0) return <>{empty}</>
  return (
    <div class="table" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head
                key={column.head}
                head={column.head}
                as={column.as}
                sort={column.sort}
                sorting={sorting}
              />
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

/** The head of a column; of one that can be sorted by, a link to the same list in that order. */
function Head(props: {
  head: string
  as: string | undefined
  sort: Column<never>['sort']
  sorting: { sort: string; order: Order } | undefined
}) {
  const { head, as, sort, sorting } = props
  if (!sort || !sorting) {
    return (
      <th scope="col" class={as}>
        {head}
      </th>
    )
  }
  const order = sorting.sort === sort.name ? sorting.order : undefined
  const next = order === undefined ? sort.first : OPPOSITE[order]
  return (
    <th scope="col" class={as} aria-sort={order && SORTED[order]}>
      <a class="sort" href={linkHere({ sort: sort.name, order: next, page: null })}>
        {head}
        <span aria-hidden="true">{order && ARROWS[order]}</span>
      </a>
    </th>
  )
}

const OPPOSITE: Record<Order, Order> = { asc: 'desc', desc: 'asc' }
const SORTED = { asc: 'ascending', desc: 'descending' } as const
const ARROWS: Record<Order, string> = { asc: '↑', desc: '↓' }
