import { type AnyElysia, Elysia } from 'elysia'
import { AresError } from '../errors.ts'
import { type Asset, PAGE } from './asset.ts'
import { negotiate } from './encoding.ts'

/** Nothing foreign, nothing inline, no markup made from text. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** The names say what is inside: a changed file has another one. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/**
 * The operator's console: one page at every path under `/console`, and its files. Open to everyone, for it holds
 * nothing; what it shows it asks of the API, with the credential of whoever signs in.
 */
export function consoleRoutes(
  load: () => Promise<Asset[]>,
  notices: () => Promise<string>,
): AnyElysia {
  const served = new WeakMap<Asset[], Map<string, ServedAsset>>()
  const assets = async () => {
    const files = await load()
    const known = served.get(files) ?? new Map(files.map((file) => [file.name, withTag(file)]))
    served.set(files, known)
    return known
  }
  const page = async ({ request }: { request: Request }) =>
    answer(request, (await assets()).get(PAGE)!, 'no-cache')
  return new Elysia({ name: 'console' })
    .get('/', () => new Response(null, { status: 302, headers: { location: '/console' } }))
    .get('/console', page)
    .get('/console/*', page)
    .get('/console/licenses.txt', async () => plainText(await notices()))
    .get('/console/assets/:file', async ({ request, params }) => {
      const asset = (await assets()).get(params.file)
      if (!asset) throw new AresError('not_found', 'There is nothing at this path.')
      return answer(request, asset, FOR_EVER)
    })
}

/** The licences of what is inside. */
function plainText(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

interface ServedAsset extends Asset {
  etag: string
}

/** The tag is weak: it is the same for every encoding. */
function withTag(asset: Asset): ServedAsset {
  return { ...asset, etag: `W/"${Bun.hash(asset.identity).toString(36)}"` }
}

function answer(request: Request, asset: ServedAsset, cacheControl: string): Response {
  const headers = new Headers({
    'content-type': asset.type,
    'content-security-policy': POLICY,
    'cache-control': cacheControl,
    etag: asset.etag,
    vary: 'Accept-Encoding',
  })
  const known = request.headers.get('if-none-match')?.split(',') ?? []
  if (known.some((tag) => tag.trim() === asset.etag)) {
    return new Response(null, { status: 304, headers })
  }
  const { bytes, encoding } = negotiate(asset, request.headers.get('accept-encoding'))
  if (encoding !== null) headers.set('content-encoding', encoding)
  return new Response(bytes, { headers })
}
