import { call, type Query, type Reply } from './client.ts'

export type RunPageOf<O extends 'GET /api/admin/runs' | 'GET /v1/runs'> = Reply<O>

/** Each request looks at a bounded number of runs; so many of them fill one page at most. */
const MAX_STEPS = 25

/** Whole pages of runs, although the server answers in steps. */
export async function loadRuns<O extends 'GET /api/admin/runs' | 'GET /v1/runs'>(
  operation: O,
  query: Query & { limit: number },
  signal: AbortSignal,
): Promise<RunPageOf<O>> {
  const ask = (more: Query) =>
    call<'GET /v1/runs'>(operation as 'GET /v1/runs', { query: { ...query, ...more }, signal })
  let page = await ask({})
  for (let step = 1; step < MAX_STEPS && isShort(page, query.limit); step++) {
    const rest = query.limit - page.runs.length
    const next = await ask({ cursor: page.next_cursor, limit: rest })
    page = { ...next, runs: [...page.runs, ...next.runs] }
  }
  return page
}

function isShort(page: Reply<'GET /v1/runs'>, limit: number): boolean {
  return page.next_cursor !== null && page.runs.length < limit
}
