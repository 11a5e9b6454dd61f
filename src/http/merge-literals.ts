interface Literal {
  type: string
  const: unknown
}

/**
 * A JSON schema in which every choice between literals is one `enum`. TypeBox says it as an `anyOf` of `const`s, which
 * means the same and which generators of clients do not all understand.
 */
export function mergeLiterals(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(mergeLiterals)
  if (typeof schema !== 'object' || schema === null) return schema
  const merged = Object.entries(schema).map(([key, value]) => [key, mergeLiterals(value)] as const)
  const { anyOf, ...rest }: Record<string, unknown> = Object.fromEntries(merged)
  if (anyOf === undefined) return rest
  if (!isChoice(anyOf)) return { ...rest, anyOf }
  return { ...rest, type: anyOf[0]!.type, enum: anyOf.map((literal) => literal.const) }
}

/** Several literals of one type. */
function isChoice(anyOf: unknown): anyOf is Literal[] {
  if (!Array.isArray(anyOf) || anyOf.length < 2) return false
  const [first] = anyOf as Literal[]
  return anyOf.every((schema: Partial<Literal>) => 'const' in schema && schema.type === first!.type)
}
