import { unknownModel, type Catalogue, type CatalogueEntry } from './check-models.ts'
import { describeFound } from './describe-value.ts'
import type { Finding } from './finding.ts'
import { knownType, traitsOf } from './provider-types.ts'
import type { ConfigDraft, TemplateDraft } from './schema.ts'
import { didYouMean } from './suggest.ts'

type TemplateConfigDraft = NonNullable<TemplateDraft['config']>

/** What a template may refer to. */
export interface TemplateSurroundings {
  /** Null when mistakes hide which models there are: then none is called unknown. */
  catalogue: Catalogue | null
  toolNames: readonly string[]
}

/** The rules of the `[[agent_templates]]` in the file. Source: contract 2.8. */
export function checkTemplates(draft: ConfigDraft, surroundings: TemplateSurroundings): Finding[] {
  const templates = draft.agent_templates ?? []
  const ids = templates.map(templateId)
  return templates.flatMap((template = {}, index) => {
    const first = ids.indexOf(ids[index] ?? null)
    const isRepeated = ids[index] !== null && first !== index
    const findings = [
      ...(isRepeated ? [repeated(template, first)] : []),
      ...checkConfig(template.config ?? {}, surroundings),
    ]
    return findings.map(({ path, message }) => ({
      path: ['agent_templates', index, ...path],
      message,
    }))
  })
}

function templateId(template: TemplateDraft | undefined): string | null {
  if (template?.product_type === undefined || template.name === undefined) return null
  return `${template.product_type} ${template.name}`
}

function repeated({ name, product_type }: TemplateDraft, first: number): Finding {
  const message = `found "${name}" of product type "${product_type}", as in agent_templates[${first}]; allowed: each once`
  return { path: ['name'], message }
}

function checkConfig(config: TemplateConfigDraft, surroundings: TemplateSurroundings): Finding[] {
  const { catalogue, toolNames } = surroundings
  const tools = checkTools(config, toolNames)
  if (catalogue === null || config.model === undefined) return tools
  const model = catalogue.enabled.get(config.model)
  if (model !== undefined) return [...tools, ...checkFit(config, model)]
  return [{ path: ['config', 'model'], message: unknownModel(config.model, catalogue) }, ...tools]
}

function checkTools({ tools = [] }: TemplateConfigDraft, toolNames: readonly string[]): Finding[] {
  return tools.flatMap((tool, index) => {
    const fault =
      tool === undefined ? null : toolFault(tool, tools.indexOf(tool) < index, toolNames)
    return fault === null ? [] : [{ path: ['config', 'tools', index], message: fault }]
  })
}

function toolFault(tool: string, isRepeated: boolean, toolNames: readonly string[]): string | null {
  const found = describeFound(tool, false)
  if (isRepeated) return `found ${found} again; allowed: each tool once`
  if (toolNames.includes(tool)) return null
  return `found ${found}, which is no tool; allowed: ${toolNames.join(', ')}${didYouMean(tool, toolNames)}`
}

/** What the model cannot do. */
function checkFit(config: TemplateConfigDraft, model: CatalogueEntry): Finding[] {
  const findings: Finding[] = []
  if ((config.tools ?? []).length > 0 && model.supportsTools === false) {
    const message = `found tools on the model ${config.model}, which does not support any; allowed: no tools`
    findings.push({ path: ['config', 'tools'], message })
  }
  const type = knownType(model.provider.type)
  const highest = type ? traitsOf(type).highestTemperature : Infinity
  if ((config.temperature ?? 0) > highest) {
    const message = `found ${config.temperature}; allowed: a number from 0 to ${highest} on the model ${config.model}`
    findings.push({ path: ['config', 'temperature'], message })
  }
  return findings
}
