/** A request as it goes over the wire. */
export interface HttpRequest {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer> | undefined
}

export interface Answer {
  status: number
  headers: Headers
  text: string
}

/** Sends it and reads the whole answer. */
export async function send(url: string, request: HttpRequest): Promise<Answer> {
  const { method, path, headers, body } = request
  const response = await fetch(url + path, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
