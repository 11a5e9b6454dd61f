import { ADMIN_SECRET } from './ares.ts'
import type { Question } from './console-questions.ts'
import type { Platform } from './platform.ts'
import type { Measured } from './process.ts'

/** How an answer came. */
export interface Answered {
  ms: number
  /** Lists are filtered in bounded steps: a page may take several. */
  requests: number
  ok: boolean
}

/** As the console does it. */
const MAX_STEPS = 25

/** Asks as the console would, until the page is full or the list over. */
export async function answer(
  { url }: Measured,
  { keys }: Platform,
  { path, tenant, list }: Question,
): Promise<Answered> {
  const headers = headersOf(keys, tenant)
  const limit = Number(new URL(path, url).searchParams.get('limit'))
  const began = performance.now()
  let requests = 0
  let rows = 0
  let cursor: string | null = null
  do {
    const reply: Response = await fetch(url + withCursor(path, cursor, limit - rows), { headers })
    requests++
    if (!reply.ok || list === undefined) {
      await readAway(reply)
      return { ms: performance.now() - began, requests, ok: reply.ok }
    }
    const page = (await reply.json()) as Page
    rows += page[list]?.length ?? 0
    cursor = page.next_cursor
  } while (cursor !== null && rows < limit && requests < MAX_STEPS)
  return { ms: performance.now() - began, requests, ok: true }
}

/** In pieces: a long answer as one text would keep this process from its pings. */
async function readAway(reply: Response): Promise<void> {
  for await (const _ of reply.body!) continue
}

type Page = { [list in 'runs' | 'entries' | 'alerts']?: unknown[] } & {
  next_cursor: string | null
}

function headersOf(keys: Platform['keys'], tenant: string | undefined): Record<string, string> {
  return tenant === undefined
    ? { 'x-admin-secret': ADMIN_SECRET }
    : { authorization: `Bearer ${keys[tenant]}` }
}

function withCursor(path: string, cursor: string | null, limit: number): string {
  if (cursor === null) return path
  const rest = path.replace(/&cursor=[^&]*/, '').replace(/limit=\d+/, `limit=${limit}`)
  return `${rest}&cursor=${cursor}`
}

/** The question with the cursor at which its page begins; of a list that is shorter, its last page. */
export async function pageStart(
  { url }: Measured,
  { keys }: Platform,
  question: Question,
): Promise<Question> {
  const headers = headersOf(keys, question.tenant)
  let path = question.path
  for (let page = 1; page < (question.page ?? 1); page++) {
    const reply = await fetch(url + path, { headers })
    const { next_cursor } = (await reply.json()) as Page
    if (next_cursor === null) break
    path = `${question.path}&cursor=${next_cursor}`
  }
  return { ...question, path }
}

/** Asks for /health all the time; the call of the result ends that and tells the longest that an answer took, in ms. */
export function stallMeter({ url }: Measured): () => Promise<number> {
  const over = new AbortController()
  const longest = longestPing(`${url}/health`, over.signal)
  return () => {
    over.abort()
    return longest
  }
}

async function longestPing(url: string, over: AbortSignal): Promise<number> {
  let longest = 0
  while (!over.aborted) {
    const began = performance.now()
    await (await fetch(url)).text()
    longest = Math.max(longest, performance.now() - began)
  }
  return longest
}
