/** JSON Schema as our own description uses it. */
export interface JsonSchema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null'
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  items?: JsonSchema
  anyOf?: JsonSchema[]
  const?: unknown
  enum?: unknown[]
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

interface Parameter {
  in: 'path' | 'query'
  name: string
  schema: JsonSchema
}

interface DescribedOperation {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>
}

/** One method of one path, as `/swagger/json` describes it. */
export interface Operation {
  /** `POST /v1/agents/{name}/run` */
  route: string
  method: string
  path: string
  /** Names of the placeholders in the path. */
  slots: string[]
  query: Parameter[]
  /** Of the request; undefined when it takes none. */
  body: JsonSchema | undefined
  answers: Map<number, DescribedAnswer>
}

export interface DescribedAnswer {
  /** By media type; empty when the answer has no body. */
  contents: { type: string; schema: JsonSchema }[]
}

/** Every operation that a running server says it has. */
export async function describedOperations(url: string): Promise<Operation[]> {
  const reply = await fetch(`${url}/swagger/json`)
  return operationsIn((await reply.json()) as Described)
}

/** What `/swagger/json` answers, as far as we need it. */
export interface Described {
  paths: Record<string, Record<string, DescribedOperation>>
}

/** Every operation of the description. */
export function operationsIn({ paths }: Described): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) =>
      operationOf(method.toUpperCase(), path, described),
    ),
  )
}

function operationOf(method: string, path: string, described: DescribedOperation): Operation {
  return {
    route: `${method} ${path}`,
    method,
    path,
    slots: [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!),
    query: (described.parameters ?? []).filter((parameter) => parameter.in === 'query'),
    body: described.requestBody?.content['application/json']?.schema,
    answers: new Map(
      Object.entries(described.responses).map(([status, { content = {} }]) => {
        const contents = Object.entries(content).map(([type, { schema }]) => ({ type, schema }))
        return [Number(status), { contents }]
      }),
    ),
  }
}
