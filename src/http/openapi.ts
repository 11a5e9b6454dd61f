import { type AnyElysia, Elysia } from 'elysia'
import { askedPath, isTenantPath } from './compatible-paths.ts'
import { BODY_EXAMPLES } from './body-examples.ts'
import { mergeLiterals } from './merge-literals.ts'
import { TAGS } from './tags.ts'

/** An OpenAPI 3.1 document, as far as we touch it. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>
}

interface Operation {
  responses: Record<string, { description?: string }>
  requestBody?: { content: Record<string, object> }
  security?: Record<string, string[]>[]
}

const DESCRIPTION = `Multi-tenant AI agents: run them, chat, and have every run recorded, metered and limited exactly.

**V1** is for tenants, with \`Authorization: Bearer ares_…\`. **Admin** is for operators, with \`X-Admin-Secret\`.
Errors are \`{"error", "code", "request_id"}\`, with \`details\` for validation. Times are RFC 3339 in UTC, ids are UUIDs.`

/** `identifier` is of OpenAPI 3.1; the plugin's types are those of 3.0. */
const MIT: { name: string; identifier: string } = { name: 'MIT', identifier: 'MIT' }

/** The program is told apart from those who run it. */
const CONTACT = { name: 'Whoever runs this server' }

/** Describes the routes with @elysiajs/swagger, imported only when somebody asks. */
export async function openApiDocument(
  routes: AnyElysia,
  version: string,
): Promise<OpenApiDocument> {
  const { swagger } = await import('@elysiajs/swagger')
  const app = new Elysia().use(routes).use(
    swagger({
      path: '/swagger',
      // What has a dot in its name is no file of ours: `/usage.csv`.
      excludeStaticFile: false,
      documentation: {
        // The schemas are JSON Schema as 3.1 has it: `const`, `null` as a type, `patternProperties`.
        ...({ openapi: '3.1.0' } as object),
        info: { title: 'ARES', version, description: DESCRIPTION, license: MIT, contact: CONTACT },
        servers: [{ url: '/', description: 'this server' }],
        tags: TAGS,
        components: {
          securitySchemes: {
            apiKey: {
              type: 'http',
              scheme: 'bearer',
              description: 'A key of the tenant: `ares_…`',
            },
            adminSecret: { type: 'apiKey', in: 'header', name: 'X-Admin-Secret' },
          },
        },
      },
    }),
  )
  const reply = await app.handle(new Request('http://localhost/swagger/json'))
  return refined(mergeLiterals(await reply.json()) as OpenApiDocument)
}

/** What the plugin does not know: which credential a path wants, what its gate answers, that bodies are JSON only, an example of each, and how Google writes paths. */
function refined(document: OpenApiDocument): OpenApiDocument {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      operation.security = securityOf(path)
      if (isAdmin(path)) addThrottle(operation)
      if (operation.requestBody) {
        operation.requestBody.content = jsonAlone(
          operation.requestBody,
          `${method} ${askedPath(path)}`,
        )
      }
    }
  }
  const paths = Object.entries(document.paths).map(([path, item]) => [askedPath(path), item])
  return { ...document, paths: Object.fromEntries(paths) as OpenApiDocument['paths'] }
}

/** @param route such as `post /v1/chat` */
function jsonAlone(
  { content }: NonNullable<Operation['requestBody']>,
  route: string,
): Record<string, object> {
  const json = content['application/json']
  if (json === undefined) return content
  const example = BODY_EXAMPLES[route]
  return { 'application/json': { ...json, ...(example && { example }) } }
}

function securityOf(path: string): Record<string, string[]>[] {
  if (isTenantPath(path)) return [{ apiKey: [] }]
  return isAdmin(path) ? [{ adminSecret: [] }] : []
}

function isAdmin(path: string): boolean {
  return path.startsWith('/api/admin/')
}

/** An error like that of a wrong secret. */
function addThrottle({ responses }: Operation): void {
  const description = 'Too many wrong admin secrets came from this network; see `Retry-After`.'
  responses['429'] ??= { ...responses['401'], description }
}
