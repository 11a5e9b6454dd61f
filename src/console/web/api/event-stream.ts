/** The JSON events of a stream, as they arrive. Comment lines are left out. */
export async function* eventsOf<T>(response: Response): AsyncGenerator<T> {
  for await (const data of dataOf(response)) yield JSON.parse(data) as T
}

/** What the `data:` lines of a stream carry, as they arrive. */
export async function* dataOf(response: Response): AsyncGenerator<string> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data: ')) yield line.slice(6)
      }
    }
  } finally {
    // Leaving early tells the server, which stops the model.
    await reader.cancel().catch(() => undefined)
  }
}
