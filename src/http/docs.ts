import { type AnyElysia, Elysia } from 'elysia'
import bundlePath from 'swagger-ui-dist/swagger-ui-bundle.js' with { type: 'file' }
import stylePath from 'swagger-ui-dist/swagger-ui.css' with { type: 'file' }
import icon from '../icon.svg' with { type: 'text' }
import { openApiDocument, type OpenApiDocument } from './openapi.ts'

/**
 * The page's own script: no inline script, so that its policy can forbid them. It takes each operation from the document as
 * it stands, for there are no references in it; the page's own resolver reads the whole of it again for every
 * operation that is opened, which takes seconds.
 */
const START_SCRIPT = `const dark = matchMedia('(prefers-color-scheme: dark)')
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
paint()
dark.addEventListener('change', paint)
const partOf = (document, path) => path.reduce((part, key) => part?.[key], document)
window.ui = SwaggerUIBundle({
  url: '/swagger/json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  plugins: [{ fn: { resolveSubtree: async (document, path) => ({ spec: partOf(document, path), errors: [] }) } }],
})
`

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>ARES API</title>
<link rel="icon" href="/swagger/icon.svg">
<link rel="stylesheet" href="/swagger/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/swagger/swagger-ui-bundle.js"></script>
<script src="/swagger/start.js"></script>
</body>
</html>
`

/** Nothing from foreign hosts; Swagger UI draws its icons from data URLs and sets styles itself. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"

/** The API's description: a page at `/swagger`, the OpenAPI document at `/swagger/json`. Works offline; built when first asked for. */
export function docsRoutes(describe: () => AnyElysia, version: string): AnyElysia {
  let document: Promise<OpenApiDocument> | undefined
  return new Elysia({ name: 'docs', prefix: '/swagger' })
    .get('/', () => reply(PAGE, 'text/html; charset=utf-8'))
    .get('/json', () => (document ??= openApiDocument(describe(), version)))
    .get('/start.js', () => reply(START_SCRIPT, 'text/javascript; charset=utf-8'))
    .get('/icon.svg', () => reply(icon, 'image/svg+xml'))
    .get('/swagger-ui-bundle.js', () =>
      reply(Bun.file(bundlePath), 'text/javascript; charset=utf-8'),
    )
    .get('/swagger-ui.css', () => reply(Bun.file(stylePath), 'text/css; charset=utf-8'))
}

function reply(body: string | Blob, type: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': POLICY,
      'cache-control': 'no-cache',
    },
  })
}
