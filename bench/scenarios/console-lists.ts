import { serveAres } from '../lib/ares.ts'
import { answer, type Answered, pageStart, stallMeter } from '../lib/console-answers.ts'
import { consoleQuestions, type Question } from '../lib/console-questions.ts'
import { startProvider } from '../lib/contestants.ts'
import { check, refuseWithoutRoom } from '../lib/grown.ts'
import { stealMeter } from '../lib/machine.ts'
import { growPlatform, type Platform } from '../lib/platform.ts'
import type { Measured } from '../lib/process.ts'
import type { Report } from '../lib/report.ts'
import { median } from '../lib/median.ts'

/** Whether what the console shows stays quick on a platform that has been in use for long. */
export async function consoleLists(sizes: number[], quick: boolean): Promise<Report> {
  refuseWithoutRoom(sizes)
  const provider = await startProvider()
  const platforms: Platform[] = []
  for (const size of sizes) platforms.push(await growPlatform(provider, size))
  const servers: Served[] = []
  for (const platform of platforms) servers.push(await serve(provider, platform))
  const steal = stealMeter()
  const idle = await idleStall(servers.at(-1)!)
  const rows = await measureAll(servers, quick ? 3 : 7)
  const stolen = steal()
  for (const { server } of servers) await server.stop()
  await provider.stop()
  return {
    title: `What the console reads, of ${sizes.map(count).join(' and of ')} runs in a year: 200 tenants, 600 agents, 1 reader`,
    columns: [
      'what',
      'requests',
      ...platforms.map(({ name }) => `p50 ms, ${name}`),
      'max ms',
      ...platforms.map(({ name }) => `CPU ms, ${name}`),
      'ratio',
      'stall ms',
      'errors',
    ],
    rows,
    notes: [
      `without anything asked, the longest stall was ${idle.toFixed(1)} ms`,
      `steal: ${stolen.toFixed(1)} %`,
      ...platforms.map(check),
    ],
  }
}

function count(runs: number): string {
  return runs.toLocaleString('en-US')
}

interface Served {
  server: Measured
  platform: Platform
  questions: Question[]
}

async function serve(provider: Measured, platform: Platform): Promise<Served> {
  const { folder, name } = platform
  const server = await serveAres(provider, { folder, name })
  return { server, platform, questions: consoleQuestions(platform) }
}

async function measureAll(servers: Served[], rounds: number): Promise<Report['rows']> {
  const rows: Report['rows'] = []
  for (const [index, { what }] of servers[0]!.questions.entries()) {
    const costs: Cost[] = []
    for (const served of servers) costs.push(await measure(served, index, rounds))
    const [smallest, largest] = [costs[0]!, costs.at(-1)!]
    rows.push([
      what,
      largest.requests,
      ...costs.map(({ p50Ms }) => p50Ms),
      largest.maxMs,
      ...costs.map(({ cpuMs }) => cpuMs),
      largest.cpuMs / smallest.cpuMs,
      largest.stallMs,
      costs.reduce((sum, { errors }) => sum + errors, 0),
    ])
  }
  return rows
}

interface Cost {
  requests: number
  p50Ms: number
  maxMs: number
  cpuMs: number
  /** How long another request waited at most, in the median round. */
  stallMs: number
  errors: number
}

/** The compiler of the runtime has seen each question before it is measured. */
const WARM_UP = 3

async function measure(served: Served, index: number, rounds: number): Promise<Cost> {
  const { server, platform } = served
  const asked = await pageStart(server, platform, served.questions[index]!)
  for (let round = 0; round < WARM_UP; round++) await answer(server, platform, asked)
  const answers: Answered[] = []
  const cpuMs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const before = server.cpuUs()
    answers.push(await answer(server, platform, asked))
    cpuMs.push((server.cpuUs() - before) / 1000)
  }
  const stalls: number[] = []
  for (let round = 0; round < rounds; round++) {
    const stall = stallMeter(server)
    await answer(server, platform, asked)
    stalls.push(await stall())
  }
  return {
    requests: answers[0]!.requests,
    p50Ms: median(answers.map(({ ms }) => ms)),
    maxMs: Math.max(...answers.map(({ ms }) => ms)),
    cpuMs: median(cpuMs),
    stallMs: median(stalls),
    errors: answers.filter(({ ok }) => !ok).length,
  }
}

/** What the machine alone does to the meter. */
async function idleStall({ server }: Served): Promise<number> {
  const stall = stallMeter(server)
  await Bun.sleep(1000)
  return stall()
}
