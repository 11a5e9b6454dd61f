import { afterAll, beforeAll, setDefaultTimeout, test } from 'bun:test'
import { SLOW_MS } from '../binary/ares.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { describeClient } from './installed.ts'
import { LIBRARIES } from './libraries/all.ts'
import { COLUMNS, play } from './table/cells.ts'
import { FEATURES } from './table/client.ts'
import { noteReader } from './table/note-reader.ts'

/* Says hello with every library, whole and streamed, and has it read the notes with a tool, whoever answers. */

setDefaultTimeout(SLOW_MS)

describeClient.each(LIBRARIES)('$name', (client) => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway()
    gateway.provider.reply(noteReader())
  }, SLOW_MS)
  afterAll(() => gateway.stop(), SLOW_MS)

  const cells = COLUMNS.flatMap((column) => FEATURES.map((feature) => ({ column, feature })))
  test.each(cells)('$column.name: $feature', ({ column, feature }) =>
    play(client, feature, column, gateway),
  )
})
