/**
 * The JSON of each `data:` line, as it arrives; comments (heartbeats) are skipped. Leaving the loop cancels the body.
 *
 * @param body of an answer whose events are one line each, `data: {json}`
 */
export async function* streamEvents<Event>(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<Event, void, undefined> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
      // An event may be cut anywhere between two reads.
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data: ')) yield JSON.parse(line.slice(6)) as Event
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
