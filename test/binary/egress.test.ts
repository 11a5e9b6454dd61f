import { afterAll, beforeAll, expect, test } from 'bun:test'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { startScriptedProxy, type ScriptedProxy } from '../scripted-proxy.ts'
import {
  ADMIN_SECRET,
  cleanUp,
  emptyFolder,
  folderWith,
  runAres,
  SLOW_MS,
  startAres,
} from './ares.ts'

/* Calls that leave through a proxy: a TLS upstream with an authority of our own, a tunnel, the real program. */

const folder = emptyFolder()
let proxy: ScriptedProxy
let upstream: ReturnType<typeof serveModel>

beforeAll(async () => {
  const words = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const names = ['-days', '2', '-subj', '/CN=model', '-addext', 'subjectAltName=IP:127.0.0.1']
  const files = ['-keyout', 'key.pem', '-out', 'cert.pem']
  const made = Bun.spawnSync(['openssl', 'req', ...words, ...files, ...names], { cwd: folder })
  if (!made.success) throw new Error(made.stderr.toString())
  upstream = serveModel()
  proxy = await startScriptedProxy()
})
afterAll(async () => {
  proxy.stop()
  await upstream.stop(true)
  cleanUp()
})

function serveModel() {
  return Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    tls: { key: Bun.file(join(folder, 'key.pem')), cert: Bun.file(join(folder, 'cert.pem')) },
    fetch: () =>
      Response.json({
        choices: [{ message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
      }),
  })
}

const PASSWORD = 'proxy-secret-word'

function config(egress: string): string {
  return `admin.secret = "${ADMIN_SECRET}"
[egress]
${egress}
[[providers]]
name = "model"
type = "openai"
base_url = "https://127.0.0.1:${upstream.port}/v1"
[[providers.models]]
id = "m"
context_length = 1000
`
}

/** Starts the program, has the model answer once, and tells what the proxy was asked meanwhile. */
async function askedBy(egress: string, env: Record<string, string>) {
  const before = proxy.asked.length
  const ares = await startAres({
    config: config(egress),
    env: { NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'), ...env },
  })
  const reply = await fetch(`${ares.url}/api/admin/models/m/test`, {
    method: 'POST',
    headers: { 'x-admin-secret': ADMIN_SECRET },
  })
  const text = await reply.text()
  await ares.stop()
  const said = `${text}${ares.stdout()}${ares.stderr()}`
  expect(said).not.toContain(PASSWORD)
  return { text, asked: proxy.asked.slice(before), notes: ares.stderr() }
}

test(
  'the program tunnels through the proxy of the file, past what NO_PROXY says',
  async () => {
    const url = proxy.url.replace('//', `//user:${PASSWORD}@`)
    const { text, asked } = await askedBy(`proxy = "${url}"\nno_proxy = []`, {
      NO_PROXY: '*',
      no_proxy: '127.0.0.1',
    })
    expect(text).toContain('Hello.')
    expect(asked.map((head) => head.split('\r\n')[0])).toEqual([
      `CONNECT 127.0.0.1:${upstream.port} HTTP/1.1`,
    ])
  },
  SLOW_MS,
)

test(
  'a proxy that only the environment has is not used, and a note says how it would be',
  async () => {
    const { text, asked, notes } = await askedBy('', {
      HTTPS_PROXY: proxy.url,
      ALL_PROXY: proxy.url,
    })
    expect(text).toContain('Hello.')
    expect(asked).toEqual([])
    expect(notes).toContain('note: $HTTPS_PROXY is set and not used')
  },
  SLOW_MS,
)

test(
  'check --egress prints each address, and no password',
  async () => {
    const cwd = folderWith({
      'ares.toml': config(`proxy = "http://user:${PASSWORD}@proxy.example:3128"\nno_proxy = []`),
    })
    chmodSync(join(cwd, 'ares.toml'), 0o600)
    const { code, stdout, stderr } = await runAres(['check', '--egress'], { cwd })
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `127.0.0.1:${upstream.port}\tprovider model, through proxy.example:3128
proxy.example:3128\tproxy of provider model
`,
      stderr: '',
    })
  },
  SLOW_MS,
)
