import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dir, '..')
/** What the pages call the server. */
const ADDRESS = 'http://127.0.0.1:3000'
const BETWEEN = '-- next block --'

/**
 * Runs the shell blocks of a page as they are printed, one after the other in one shell, in the folder of a server that
 * has just been started there from source, with the sample configuration.
 *
 * @param page path of a Markdown file, from the root
 * @returns what each block wrote, in order
 */
export async function runPrintedCommands(page: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ares-page-'))
  const server = Bun.spawn([process.execPath, join(ROOT, 'src/main.ts'), 'serve', '--port', '0'], {
    cwd: folder,
    stdout: 'pipe',
    stderr: 'ignore',
  })
  try {
    const url = await listeningOn(server.stdout)
    const script = shellBlocks(page).join(`\necho '${BETWEEN}'\n`).replaceAll(ADDRESS, url)
    const shell = Bun.spawn(['sh', '-c', script], { cwd: folder, stdout: 'pipe' })
    return (await new Response(shell.stdout).text()).split(`${BETWEEN}\n`)
  } finally {
    server.kill('SIGTERM')
    await server.exited
    rmSync(folder, { recursive: true, force: true })
  }
}

function shellBlocks(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]!)
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
