/** A `fetch` to be given to a client, and the statuses of the answers that it got. */
export interface RecordedFetch {
  fetch: typeof fetch
  readonly statuses: number[]
}

/** Lets a test see how often a client asked, and what it was answered. */
export function recordedFetch(): RecordedFetch {
  const statuses: number[] = []
  const send = async (...args: Parameters<typeof fetch>): Promise<Response> => {
    const response = await fetch(...args)
    statuses.push(response.status)
    return response
  }
  return { fetch: send as typeof fetch, statuses }
}
