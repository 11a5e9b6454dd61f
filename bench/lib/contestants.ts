import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { newFolder } from './folders.ts'
import { LOAD_CORE, type Measured, SERVER_CORE, start } from './process.ts'

const here = resolve(import.meta.dir, '..')

/** A server, and how to ask it for the same piece of work as the others. */
export interface Contestant extends Measured {
  method: 'GET' | 'POST'
  path: string
  headers: string[]
  body: string
  /** What only a whole and good answer has in it. */
  expects: string
  /** Others than `path` and `headers`, asked in turns. */
  targets?: Target[]
}

/** Whom a request is for. */
export type Target = Pick<Contestant, 'path' | 'headers'>

export const MESSAGE = 'Evaluate this transaction'
export const PROMPT = 'You are a careful risk analyst. Answer briefly.'
export const messages = [
  { role: 'system', content: PROMPT },
  { role: 'user', content: MESSAGE },
]

/** @param options of `servers/provider.ts` */
export function startProvider(options: string[] = []): Promise<Measured> {
  const command = ['bun', join(here, 'servers/provider.ts'), ...options]
  return start({ name: 'provider', command, core: LOAD_CORE })
}

/** JSON in, fetch, JSON out; or a stream handed through. */
export async function startProxy(provider: Measured, stream = false): Promise<Contestant> {
  const measured = await start({
    name: stream ? 'raw relay' : 'raw proxy',
    command: ['bun', join(here, 'servers/proxy.ts'), provider.url],
    core: SERVER_CORE,
  })
  return { ...measured, ...completion(stream), path: '/', headers: [] }
}

const NGINX = '/usr/sbin/nginx'

/** nginx with one worker, which hands everything on; undefined where it is not installed (Debian: `nginx-light`). */
export async function startNginx(
  provider: Measured,
  stream = false,
): Promise<Contestant | undefined> {
  if (!existsSync(NGINX)) return undefined
  const folder = newFolder()
  const port = freePort()
  const template = readFileSync(join(here, 'servers/nginx.conf'), 'utf8')
  const text = template
    .replace('server PROVIDER', `server ${new URL(provider.url).host}`)
    .replace('127.0.0.1:PORT', `127.0.0.1:${port}`)
  writeFileSync(join(folder, 'nginx.conf'), text)
  const measured = await start({
    name: 'nginx',
    command: [NGINX, '-p', folder, '-c', 'nginx.conf'],
    core: SERVER_CORE,
    url: `http://127.0.0.1:${port}`,
  })
  return { ...measured, ...completion(stream), path: '/', headers: [] }
}

/** For servers that do not take any and say which. */
function freePort(): number {
  return 20_000 + Math.floor(Math.random() * 10_000)
}

/** Portkey's gateway on Bun: no keys, no limits, no records. Installed by `bun install` in `bench/`. */
export async function startPortkey(provider: Measured, stream = false): Promise<Contestant> {
  const script = join(here, 'node_modules/@portkey-ai/gateway/build/start-server.js')
  if (!existsSync(script)) throw new Error('Run `bun install` in bench/ first.')
  const port = freePort()
  const measured = await start({
    name: 'Portkey',
    command: ['bun', script, `--port=${port}`, '--headless'],
    core: SERVER_CORE,
    url: `http://127.0.0.1:${port}`,
  })
  return {
    ...measured,
    ...completion(stream),
    path: '/v1/chat/completions',
    headers: [
      'Authorization: Bearer sk-bench',
      'x-portkey-provider: openai',
      `x-portkey-custom-host: ${provider.url}/v1`,
    ],
  }
}

/** The request as OpenAI's clients make it. */
export function completion(stream: boolean): Pick<Contestant, 'method' | 'body' | 'expects'> {
  return {
    method: 'POST',
    body: JSON.stringify({ model: 'bench', messages, ...(stream && { stream: true }) }),
    expects: stream ? 'data: [DONE]' : '"finish_reason":"stop"',
  }
}

/** The same server, asked for a stream of so many deltas. */
export function withDeltas(contestant: Contestant, deltas: number): Contestant {
  const body = JSON.parse(contestant.body) as object
  return { ...contestant, body: JSON.stringify({ ...body, max_tokens: deltas }) }
}
