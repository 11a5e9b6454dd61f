import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { start } from '../lib/process.ts'
import type { Report } from '../lib/report.ts'
import { median } from '../lib/rounds.ts'

const binary = resolve(import.meta.dir, '../../dist/ares')

/** From spawn to the first 200 of `/health`: in an empty folder (migrations included), and on an existing database. */
export async function startUp(quick: boolean): Promise<Report> {
  const times = quick ? 5 : 20
  const fresh: number[] = []
  const again: number[] = []
  const idleMb: number[] = []
  for (let i = 0; i < times; i++) {
    const folder = mkdtempSync(join(tmpdir(), 'ares-start-'))
    fresh.push((await startOnce(folder)).ms)
    const second = await startOnce(folder)
    again.push(second.ms)
    idleMb.push(second.rssMb)
    rmSync(folder, { recursive: true })
  }
  return {
    title: `Spawn → first 200 of /health, compiled, ${times} starts each`,
    columns: ['start', 'median ms', 'min ms', 'max ms'],
    rows: [
      ['empty folder, migrations included', median(fresh), Math.min(...fresh), Math.max(...fresh)],
      ['existing database', median(again), Math.min(...again), Math.max(...again)],
    ],
    notes: [`RSS one second after the start, median: ${median(idleMb).toFixed(0)} MB`],
  }
}

async function startOnce(cwd: string): Promise<{ ms: number; rssMb: number }> {
  const spawned = performance.now()
  const server = await start({
    name: 'ARES',
    command: [binary, 'serve', '--port', '0'],
    cwd,
    core: 0,
  })
  const reply = await fetch(`${server.url}/health`)
  const ms = performance.now() - spawned
  if (reply.status !== 200) throw new Error(`/health answered ${reply.status}`)
  await Bun.sleep(1000)
  const rssMb = server.rssKb() / 1024
  await server.stop()
  return { ms, rssMb }
}
