import { afterAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import {
  ADMIN_SECRET,
  cleanUp,
  configFor,
  emptyFolder,
  eventually,
  SLOW_MS,
  spawnAres,
} from './ares.ts'
import { operator } from './callers.ts'

afterAll(cleanUp)

/** What an operator's shell may do with the output of a service. */
const outputs = [
  { name: 'closed', redirect: '>&- 2>&-' },
  { name: 'a full disk', redirect: '>/dev/full 2>/dev/full' },
  { name: 'a pipe that nobody reads any more', redirect: '> >(true) 2> >(true)' },
  { name: 'a pipe that is open, full and not read', redirect: '> >(sleep 15) 2> >(sleep 15)' },
]

test.each(outputs)(
  'goes on when its output is $name',
  async ({ redirect }) => {
    const folder = emptyFolder()
    const port = freePort()
    await Bun.write(join(folder, 'ares.toml'), configFor('http://127.0.0.1:9/v1'))
    const child = await spawnAres(['serve', '--port', String(port)], {
      cwd: folder,
      wrapper: ['bash', '-c', `exec "$0" "$@" ${redirect}`],
    })
    const url = `http://127.0.0.1:${port}`
    await eventually('the server answers', () =>
      fetch(`${url}/health`).then(
        ({ status }) => (status === 200 ? true : undefined),
        () => undefined,
      ),
    )
    // Each of these writes a line, together more than the 64 KiB that a pipe holds.
    for (let index = 0; index < 500; index++) {
      expect((await operator({ url }, ADMIN_SECRET).get('/api/admin/stats')).status).toBe(200)
    }
    child.kill('SIGTERM')
    expect(await child.exited).toBe(0)
  },
  SLOW_MS,
)

/** A port that was free a moment ago: the output that would tell the real one goes nowhere. */
function freePort(): number {
  const listener = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const { port } = listener
  listener.stop(true)
  return port
}
