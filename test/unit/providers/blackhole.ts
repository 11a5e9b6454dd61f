import { dlopen, ptr } from 'bun:ffi'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const AF_INET = 2
const SOCK_STREAM = 1

/** A port on 127.0.0.1 that swallows connection attempts. */
export interface Blackhole {
  url: string
  close(): void
}

/**
 * Listens with a backlog of one and never accepts; once that is full, Linux drops every further
 * SYN, as a firewall does. No process or privilege is needed.
 */
export async function openBlackhole(): Promise<Blackhole> {
  const { symbols } = dlopen('libc.so.6', {
    socket: { args: ['i32', 'i32', 'i32'], returns: 'i32' },
    bind: { args: ['i32', 'ptr', 'u32'], returns: 'i32' },
    listen: { args: ['i32', 'i32'], returns: 'i32' },
    getsockname: { args: ['i32', 'ptr', 'ptr'], returns: 'i32' },
    close: { args: ['i32'], returns: 'i32' },
  })
  const descriptor = symbols.socket(AF_INET, SOCK_STREAM, 0)
  const address = Uint8Array.of(AF_INET, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
  symbols.bind(descriptor, ptr(address), address.length)
  symbols.listen(descriptor, 0)
  symbols.getsockname(descriptor, ptr(address), ptr(Uint32Array.of(address.length)))
  const port = new DataView(address.buffer).getUint16(2)
  const fillers = await fill(port)
  const close = () => {
    for (const filler of fillers) filler.destroy()
    symbols.close(descriptor)
  }
  return { url: `http://127.0.0.1:${port}/v1`, close }
}

async function fill(port: number): Promise<Socket[]> {
  const fillers = Array.from({ length: 3 }, () => connect(port, '127.0.0.1'))
  for (const filler of fillers) filler.on('error', () => undefined)
  // The first is in the queue and fills it: Linux takes one more than the backlog says.
  await Promise.race(fillers.map((filler) => once(filler, 'connect')))
  return fillers
}
