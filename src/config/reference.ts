import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox'
import { describeAllowed } from './describe-schema.ts'
import { describeUse } from './reference-guide.ts'
import { ConfigFile } from './schema.ts'

/**
 * The whole of `docs/configuration.md`: how to use the file, then every key of the schema.
 *
 * A test holds the page against it. To bring the page up to date:
 * `bun -e "import { describeConfig as d } from './src/config/reference.ts'; await Bun.write('docs/configuration.md', d())"`
 */
export function describeConfig(): string {
  return [describeUse(), '## Every key', ...describeTables(ConfigFile, '')].join('\n').concat('\n')
}

/** The tables inside a table, outermost first. */
function describeTables(schema: TObject, path: string): string[] {
  return Object.entries(schema.properties).flatMap(([name, child]) => {
    const childPath = path === '' ? name : `${path}.${name}`
    const item = KindGuard.IsArray(child) ? child.items : child
    if (!KindGuard.IsObject(item)) return []
    const header = item === child ? `[${childPath}]` : `[[${childPath}]]`
    return [...describeTable(header, item), ...describeTables(item, childPath)]
  })
}

function describeTable(header: string, schema: TObject): string[] {
  const rows = Object.entries(schema.properties)
    .filter(([, key]) => !isTables(key))
    .map(([name, key]) => describeKey(name, key))
  const heading = ['', `### \`${header}\``, '', `${schema.description ?? ''}${defaultKeys(schema)}`]
  if (rows.length === 0) return heading
  const columns = ['| Key | Type | Default | Allowed | Meaning |', '|---|---|---|---|---|']
  return [...heading, '', ...columns, ...rows]
}

/** What a table that is left out stands for, where that is more than the defaults of its keys. */
function defaultKeys(schema: TObject): string {
  const entries = Object.entries(schema.default ?? {})
  if (entries.length === 0) return ''
  const keys = entries.map(([key, value]) => `\`${key} = ${JSON.stringify(value)}\``)
  return ` Without this table: ${keys.join(', ')}.`
}

/** Whether a key holds tables, which have a section of their own. */
function isTables(schema: TSchema): boolean {
  return KindGuard.IsObject(KindGuard.IsArray(schema) ? schema.items : schema)
}

function describeKey(name: string, schema: TSchema): string {
  const cells = [
    `\`${name}\``,
    typeOf(schema),
    defaultOf(schema),
    describeAllowed(schema),
    schema.description ?? '',
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function typeOf(schema: TSchema): string {
  if (KindGuard.IsArray(schema)) return 'list of strings'
  if (KindGuard.IsRecord(schema)) return 'table'
  return KindGuard.IsUnion(schema) ? 'string' : String(schema['type'])
}

/** The default as one would write it, or in words; required keys say so. */
function defaultOf(schema: TSchema): string {
  if (schema.default !== undefined) return `\`${JSON.stringify(schema.default)}\``
  return typeof schema['fallback'] === 'string' ? schema['fallback'] : '*required*'
}
