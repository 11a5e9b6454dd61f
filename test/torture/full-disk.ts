import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { configFor, emptyFolder, eventually, startAres } from '../binary/ares.ts'
import { type Caller, client, provision } from '../binary/callers.ts'
import { startScriptedProvider } from '../scripted-provider.ts'
import { type Acknowledged, acknowledgedRun } from './journal.ts'
import type { Report } from './scenario.ts'
import { missing } from './tools.ts'
import { verify } from './verify.ts'

export interface FullDisk {
  /** Why it was not tried. */
  skipped: string | null
  row: Report['rows'][number] | null
  problems: string[]
}

const DISK_BYTES = 4 * 1024 * 1024
const ATTEMPTS = 20
const HEAL_MS = 10_000

/** Lets a small disk run full under a server, and makes room again. */
export async function fillUpDisk(): Promise<FullDisk> {
  const reason = missing('mount')
  if (reason !== null) return { skipped: `no full disk: ${reason}`, row: null, problems: [] }
  const folder = emptyFolder()
  const disk = join(folder, 'data')
  mkdirSync(disk)
  const unmount = mountSmallDisk(disk)
  try {
    return { skipped: null, ...(await fillAndHeal(folder, disk)) }
  } finally {
    unmount()
  }
}

function mountSmallDisk(path: string): () => void {
  const command = `mount -t tmpfs -o size=${DISK_BYTES} none`.split(' ')
  const { exitCode, stderr } = Bun.spawnSync([...command, path])
  if (exitCode !== 0) throw new Error(`mount: ${stderr.toString()}`)
  const unmount = () => void Bun.spawnSync(['umount', '--lazy', path])
  process.once('exit', unmount)
  return () => {
    process.off('exit', unmount)
    unmount()
  }
}

async function fillAndHeal(folder: string, disk: string): Promise<Omit<FullDisk, 'skipped'>> {
  const provider = await startScriptedProvider()
  const server = await startAres({ cwd: folder, config: configFor(provider.url) })
  const tenant = await provision(server)
  const acknowledged: Acknowledged[] = []
  const run = async () => {
    const { status, body } = await tenant.run()
    if (status === 200) acknowledged.push(acknowledgedRun(body))
    return status === 200 ? '200' : `${status} ${body.code}`
  }
  await run()
  const ballast = join(disk, 'ballast')
  fill(ballast)
  const calledBefore = provider.requests.length
  const answers: string[] = []
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) answers.push(await run())
  const called = provider.requests.length - calledBefore
  const reads = await failedReads(client(server, tenant.secret))
  rmSync(ballast)
  const healed = await heal(run)
  const { lost, wrong, runs } = await verify(server, acknowledged)
  const code = await server.stop()
  provider.stop()
  const refusals = answers.filter((text) => text === '503 storage_unavailable')
  return {
    row: {
      failure: `a disk of ${DISK_BYTES >> 20} MB runs full`,
      acknowledged: acknowledged.length,
      'refused 503': refusals.length,
      'stored runs': runs,
      lost: lost.length,
      'must be': 'healed',
    },
    problems: [
      ...(refusals.length === ATTEMPTS ? [] : [`on a full disk: ${[...new Set(answers)].join()}`]),
      ...(called === 0 ? [] : [`the provider was called ${called} times for nothing`]),
      ...reads,
      ...healed,
      ...lost,
      ...wrong,
      ...(code === 0 ? [] : [`the stop: status ${code}`]),
    ],
  }
}

async function failedReads(tenant: Caller): Promise<string[]> {
  const problems: string[] = []
  for (const path of ['/health', '/v1/agents']) {
    const { status } = await tenant.get(path)
    if (status !== 200) problems.push(`${path} on a full disk: ${status}`)
  }
  return problems
}

async function heal(run: () => Promise<string>): Promise<string[]> {
  const healed = eventually(
    'a run after there is room again',
    async () => ((await run()) === '200' ? true : undefined),
    HEAL_MS,
  )
  return healed.then(
    () => [],
    (error: unknown) => [String(error)],
  )
}

/** Takes all the room there is, to the last page. */
function fill(path: string): void {
  for (const bytes of [64 * 1024, 4096]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(bytes))
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOSPC') throw error
    }
  }
}
