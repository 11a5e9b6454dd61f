import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import openapiTS, { astToString } from 'openapi-typescript'

/*
 * `bun run generate` writes src/openapi.ts from the document of dist/ares, `bun run generate --url URL` from that of a
 * running server.
 */

const FOLDER = import.meta.dir
const BINARY = resolve(FOLDER, '../../dist/ares')
const GENERATED = join(FOLDER, 'src/openapi.ts')
const HEAD = `/* Made from the server's OpenAPI document by \`bun run generate\`. Never changed by hand. */\n\n`

/** The types of everything that a server's OpenAPI document describes. */
export async function typesOf(url: string): Promise<string> {
  const reply = await fetch(new URL('/swagger/json', url))
  if (!reply.ok) throw new Error(`${reply.url} answered ${reply.status}`)
  return HEAD + astToString(await openapiTS(await reply.text()))
}

/** Starts the binary in an empty folder for as long as it is asked. */
async function withBinary<T>(ask: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ares-generate-'))
  const server = Bun.spawn([BINARY, 'serve', '--port', '0'], {
    cwd: folder,
    stdout: 'pipe',
    stderr: 'inherit',
  })
  try {
    return await ask(await listeningOn(server.stdout))
  } finally {
    server.kill('SIGTERM')
    await server.exited
    rmSync(folder, { recursive: true, force: true })
  }
}

async function listeningOn(output: ReadableStream<Uint8Array>): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const bytes of output) {
    text += decoder.decode(bytes, { stream: true })
    const url = /^listening on (\S+)$/m.exec(text)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`The server did not start: ${text}`)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { url: { type: 'string' } } })
  const { url } = values
  await Bun.write(GENERATED, await (url === undefined ? withBinary(typesOf) : typesOf(url)))
}
