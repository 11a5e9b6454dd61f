import type { Place, Client, Feature } from './client.ts'
import { FEATURES } from './client.ts'
import { COLUMNS, play } from './cells.ts'

/** What came of one cell: null when it went well, otherwise what went wrong. */
export type Outcome = Record<Feature, string | null | undefined>

/** A row of the table; a feature that the client does not have is undefined. */
export interface Row {
  client: string
  package: string
  columns: Record<string, Outcome>
}

const LANES = 2

/**
 * Plays every feature of every client in every column, two clients at a time.
 *
 * @param told is called with each row once it is whole
 */
export async function playAll(
  clients: readonly Client[],
  place: Omit<Place, 'model'>,
  told: (row: Row) => void,
): Promise<Row[]> {
  const waiting = [...clients]
  const rows: Row[] = []
  const lane = async () => {
    for (let client = waiting.shift(); client; client = waiting.shift()) {
      const row = await rowOf(client, place)
      rows.push(row)
      told(row)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  const order = (row: Row) => clients.findIndex(({ name }) => name === row.client)
  return rows.toSorted((one, other) => order(one) - order(other))
}

async function rowOf(client: Client, place: Omit<Place, 'model'>): Promise<Row> {
  const columns: Row['columns'] = {}
  for (const column of COLUMNS) {
    const outcome: Partial<Outcome> = {}
    for (const feature of FEATURES) {
      if (client[feature]) outcome[feature] = await problem(play(client, feature, column, place))
    }
    columns[column.name] = outcome as Outcome
  }
  return { client: client.name, package: client.package, columns }
}

const problem = (playing: Promise<void>): Promise<string | null> =>
  playing.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
