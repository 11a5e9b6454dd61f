import { connect, createServer, type Socket } from 'node:net'

/**
 * What a proxy does with what it is asked.
 *
 * `pass` hands it on · `hang` says nothing · `close` hangs up · a text is answered as it stands, byte for byte.
 */
export type ProxyScript = 'pass' | 'hang' | 'close' | { says: string }

/** A forward proxy under a test's control: CONNECT for https, whole addresses for http. */
export interface ScriptedProxy {
  readonly port: number
  /** Its address, without credentials. */
  readonly url: string
  /** The heads of what it was asked, oldest first. */
  readonly asked: string[]
  play(script: ProxyScript): void
  stop(): void
}

/** Starts a proxy on 127.0.0.1 that passes everything on until told otherwise. */
export async function startScriptedProxy(): Promise<ScriptedProxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  let playing: ProxyScript = 'pass'
  const server = createServer((client) => {
    keep(client, sockets)
    let received = Buffer.alloc(0)
    const listen = (bytes: Buffer): void => {
      received = Buffer.concat([received, bytes])
      const headEnd = received.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      client.off('data', listen)
      const head = received.subarray(0, headEnd).toString('latin1')
      asked.push(head)
      serve(playing, { client, head, received, sockets })
    }
    client.on('data', listen)
  })
  const listening = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', listening.resolve)
  await listening.promise
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    asked,
    play: (script) => void (playing = script),
    stop: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

interface Asked {
  client: Socket
  head: string
  received: Buffer
  sockets: Set<Socket>
}

function serve(script: ProxyScript, asked: Asked): void {
  if (script === 'hang') return
  if (script === 'close') return void asked.client.destroy()
  if (script === 'pass') pass(asked)
  else asked.client.end(script.says)
}

function pass({ client, head, received, sockets }: Asked): void {
  const [method = '', target = ''] = head.split(' ')
  const isTunnel = method === 'CONNECT'
  const { hostname, port, origin } = new URL(isTunnel ? `http://${target}` : target)
  const upstream = connect(Number(port), hostname, () => {
    if (isTunnel) client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    // A server is asked for a path alone.
    else upstream.write(received.toString('latin1').replace(origin, ''), 'latin1')
    client.pipe(upstream)
    upstream.pipe(client)
  })
  keep(upstream, sockets)
  upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'))
}

function keep(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket)
  socket.on('error', () => undefined)
  socket.on('close', () => sockets.delete(socket))
}
