/** A JSON Schema as TypeBox writes it. */
interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: Schema[]
  const?: unknown
  enum?: unknown[]
}

interface Parameter {
  in: string
  name: string
  required?: boolean
  schema?: Schema
}

interface Operation {
  summary?: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema?: Schema }> }
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>
}

interface Document {
  paths: Record<string, Record<string, Operation>>
}

/** What of the API the pages speak. */
const SPOKEN = /^\/(?:api\/admin|v1)\//

const HEAD = `// Generated from the OpenAPI document by \`bun run types:console\`; a test holds it against the API.

/** Every operation: what its path and query take, what it is sent, what it answers. */
export interface Api {
`

/** The TypeScript types of an OpenAPI document's operations. */
export function apiTypes({ paths }: Document): string {
  const operations = Object.entries(paths)
    .filter(([path]) => SPOKEN.test(path))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) =>
        operationType(`${method.toUpperCase()} ${path}`, operation),
      ),
    )
  return `${HEAD}${operations.join('')}}\n`
}

function operationType(name: string, { parameters = [], requestBody, responses }: Operation) {
  const reply = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
  const lines = [
    `path: ${parametersType(parameters, 'path')}`,
    `query: ${parametersType(parameters, 'query')}`,
    `body: ${contentType(requestBody?.content)}`,
    `reply: ${contentType(reply?.content)}`,
  ]
  return `  '${name}': {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`
}

function parametersType(parameters: Parameter[], place: string): string {
  const fields = parameters
    .filter((parameter) => parameter.in === place)
    .map(({ name, required, schema }) => field(name, required === true, typeOf(schema ?? {}, 2)))
  return fields.length === 0 ? 'undefined' : block(fields, 2)
}

function contentType(content?: Record<string, { schema?: Schema }>): string {
  const [first] = Object.values(content ?? {})
  return first?.schema ? typeOf(first.schema, 2) : 'undefined'
}

function typeOf(schema: Schema, depth: number): string {
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, depth)).join(' | ')
  if ('const' in schema) return literal(schema.const)
  if (schema.enum) return schema.enum.map(literal).join(' | ')
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => typeOf({ ...schema, type }, depth)).join(' | ')
  }
  switch (schema.type) {
    case 'array':
      return `(${typeOf(schema.items ?? {}, depth)})[]`
    case 'object':
      return objectType(schema, depth)
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    default:
      return 'unknown'
  }
}

function objectType({ properties = {}, required = [] }: Schema, depth: number): string {
  const fields = Object.entries(properties).map(([name, schema]) =>
    field(name, required.includes(name), typeOf(schema, depth + 1)),
  )
  return fields.length === 0 ? 'Record<string, unknown>' : block(fields, depth)
}

function field(name: string, required: boolean, type: string): string {
  const key = /^[a-z_][a-z0-9_]*$/i.test(name) ? name : `'${name}'`
  return `${key}${required ? '' : '?'}: ${type}`
}

function block(fields: string[], depth: number): string {
  const indent = '  '.repeat(depth)
  return `{\n${fields.map((line) => `${indent}  ${line}\n`).join('')}${indent}}`
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
