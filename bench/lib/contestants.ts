import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
}

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

/** Portkey's gateway on Bun: no keys, no limits, no records. Installed by `bun install` in `bench/`. */
export async function startPortkey(provider: Measured, stream = false): Promise<Contestant> {
  const script = join(here, 'node_modules/@portkey-ai/gateway/build/start-server.js')
  if (!existsSync(script)) throw new Error('Run `bun install` in bench/ first.')
  const port = 20_000 + Math.floor(Math.random() * 20_000)
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
