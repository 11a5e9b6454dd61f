import { Value } from '@sinclair/typebox/value'
import { parse, TomlError } from 'smol-toml'
import { buildConfig, type ConfigOrigin } from './build-config.ts'
import { checkAdmin } from './check-admin.ts'
import { checkDatabase } from './check-database.ts'
import { checkEgress } from './check-egress.ts'
import { checkInFlight } from './check-in-flight.ts'
import { checkModels } from './check-models.ts'
import { checkProviders } from './check-providers.ts'
import { checkRetention } from './check-retention.ts'
import { checkServer } from './check-server.ts'
import { checkShape, type ShapeFinding } from './check-shape.ts'
import { checkTemplates } from './check-templates.ts'
import type { Config } from './config.ts'
import { ConfigError, fileError, type ConfigProblem } from './config-error.ts'
import { formatPath, type Finding, type KeyPath } from './finding.ts'
import { locateKeys } from './locate.ts'
import { ConfigFile, type ConfigDraft } from './schema.ts'

export interface ReadOptions extends ConfigOrigin {
  /** What problems call the file; by default `source`, or `ares.toml`. */
  label?: string
  /** The tools that templates may name. */
  toolNames?: readonly string[] | undefined
}

/** The tools that the server brings; `tools/catalog.ts` has each of them. */
export const BUILT_IN_TOOLS = ['calculator'] as const

/**
 * Reads the text of an `ares.toml`. Pure: files and environment come in as arguments.
 *
 * @returns the configuration with every default filled in and every path absolute, frozen
 * @throws ConfigError with every mistake at once, in the order of the file; a text that is no TOML has one.
 * Source: contract 2.1.
 */
export function readConfig(text: string, options: ReadOptions): Config {
  const file = options.label ?? options.source ?? 'ares.toml'
  const { draft, findings } = checkShape(parseToml(text, file))
  const further = checkRules(draft, findings, options)
  const problems = toProblems([...findings, ...further], text, file)
  if (problems.length > 0) throw new ConfigError(problems)
  if (!Value.Check(ConfigFile, draft)) throw new TypeError('A draft without mistakes is complete.')
  return buildConfig(draft, options)
}

function parseToml(text: string, file: string): unknown {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' })
  } catch (error) {
    if (!(error instanceof TomlError)) throw fileError(file, 'this is not valid TOML')
    // Only the first line of its message: a drawing of the place follows, which may show a secret.
    const [message = ''] = error.message.split('\n')
    const { line, column } = error
    throw new ConfigError([{ file, line, column, path: '', message: explainSyntax(message) }])
  }
}

/** What most often lies behind a message of the parser. */
const SYNTAX_ADVICE: Readonly<Record<string, string>> = {
  'invalid value': 'text needs "quotes"',
  'illegal character in numeric literal': 'an address and other text needs "quotes"',
  'control characters are not allowed in strings': 'is a closing quote missing?',
  'trying to redefine an already defined table or value': 'it stands twice in the file',
}

function explainSyntax(message: string): string {
  const reason = message.replace('Invalid TOML document: ', '')
  const advice = SYNTAX_ADVICE[reason]
  return `this is not valid TOML: ${reason}${advice === undefined ? '' : ` (${advice})`}`
}

/** The rules beyond the schema, as far as the draft lets them be judged. */
function checkRules(draft: ConfigDraft, shape: ShapeFinding[], options: ReadOptions): Finding[] {
  const { env, toolNames = BUILT_IN_TOOLS } = options
  const { findings, catalogue } = checkModels(draft)
  const areModelsKnown = !shape.some(hidesModels)
  const rules = [
    ...checkServer(draft),
    ...checkAdmin(draft, env),
    ...checkDatabase(draft),
    ...checkRetention(draft),
    ...checkEgress(draft, env),
    ...checkProviders(draft, env),
    ...checkInFlight(draft),
    ...(areModelsKnown ? findings : findings.filter(({ path }) => path.at(-1) === 'id')),
    ...checkTemplates(draft, { catalogue: areModelsKnown ? catalogue : null, toolNames }),
  ]
  // A key that is already called wrong is not called missing, too.
  return rules.filter(({ path }) => !shape.some(({ intended }) => isWithin(path, intended)))
}

/** Whether a mistake leaves open which models there are, so that nothing can be said of those named elsewhere. */
function hidesModels({ intended }: ShapeFinding): boolean {
  const [table, , key, , modelKey] = intended
  if (table !== 'providers') return false
  if (intended.length <= 2) return true
  return key === 'enabled' || (key === 'models' && (intended.length <= 4 || modelKey === 'id'))
}

function isWithin(path: KeyPath, outer: KeyPath): boolean {
  return outer.every((part, index) => path[index] === part)
}

/** Mistakes with their places, in the order of the file. */
export function toProblems(findings: Finding[], text: string, file: string): ConfigProblem[] {
  if (findings.length === 0) return []
  const keys = locateKeys(text)
  const problems = findings.map(({ path, message }) => {
    const { line, column } = keys.find(path) ?? { line: null, column: null }
    return { file, line, column, path: formatPath(path), message }
  })
  return problems.toSorted(byPlace)
}

/** What has no place in the file comes last. */
function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  return (a.line ?? Infinity) - (b.line ?? Infinity) || (a.column ?? 0) - (b.column ?? 0)
}
