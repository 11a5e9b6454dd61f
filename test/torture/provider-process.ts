import { join } from 'node:path'
import { endedByCleanUp } from '../binary/ares.ts'

/** A scripted provider (or another, by its file from here) in a process of its own, which lives on while the server is killed. */
export async function startProviderProcess(
  args: string[],
  file = '../scripted-provider.ts',
): Promise<{ url: string; stop(): void }> {
  const script = join(import.meta.dir, file)
  const child = Bun.spawn([process.execPath, script, '--port', '0', ...args], {
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  endedByCleanUp(child)
  const stop = () => child.kill('SIGKILL')
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of child.stdout) {
    text += decoder.decode(bytes, { stream: true })
    const url = /listening on (\S+)/.exec(text)?.[1]
    if (url !== undefined) return { url, stop }
  }
  throw new Error(`The scripted provider ended: ${text}`)
}
