import type { Notes } from '../../form/notes.ts'
import type { ToolChoice, ToolSpec } from '../../form/request.ts'
import { asObject } from '../../providers/json-shape.ts'
import { type Offering, type ToolSettings, toolSettingsOf } from '../form/tool-settings.ts'
import type { FunctionDeclaration, GenerateBody } from './gemini-schema.ts'
import { jsonSchemaOf } from './schema-dialect.ts'

type GivenTool = NonNullable<GenerateBody['tools']>[number]
type ChoiceConfig = NonNullable<GenerateBody['toolConfig']>['functionCallingConfig']

/** Where the client says how the model may choose. */
export const CHOICE_PLACE = '/toolConfig/functionCallingConfig'

/** Fields of a declaration that are translated, or ask only for another way to the same answer. */
const DECLARED = new Set([
  'name',
  'description',
  'parameters',
  'parametersJsonSchema',
  'response',
  'responseJsonSchema',
  'behavior',
])
const HINTS = ['response', 'responseJsonSchema', 'behavior']

/** The tools on offer, and how the model may choose among them. */
export function toolSettings({ tools, toolConfig }: GenerateBody, notes: Notes): ToolSettings {
  const config = toolConfig?.functionCallingConfig
  const isFree = config?.mode !== 'ANY'
  const offered = (tools ?? []).flatMap((tool, index) =>
    specsOf(tool, `/tools/${index}`, { isFree, notes }),
  )
  const names = config?.allowedFunctionNames ?? []
  const allowed = names.length === 0 ? offered : offered.filter(({ name }) => names.includes(name))
  if ((asObject(toolConfig)['retrievalConfig'] ?? null) !== null) {
    notes.leaveOut('/toolConfig/retrievalConfig')
  }
  return toolSettingsOf(
    { tools: allowed, choice: choiceOf(config), parallel: undefined, choiceAt: CHOICE_PLACE },
    notes,
  )
}

/** The client's own functions; tools that Google runs are passed over. */
function specsOf(tool: GivenTool, at: string, { isFree, notes }: Offering): ToolSpec[] {
  const { functionDeclarations, ...others } = tool
  for (const [field, value] of Object.entries(others)) {
    if (value === null || value === undefined) continue
    if (isFree) notes.leaveOut(`${at}/${field}`)
    else notes.refuse(`${at}/${field}`)
  }
  return (functionDeclarations ?? []).map((declaration, index) =>
    specOf(declaration, `${at}/functionDeclarations/${index}`, notes),
  )
}

function specOf(declaration: FunctionDeclaration, at: string, notes: Notes): ToolSpec {
  notes.refuseUnknown(declaration, DECLARED, at)
  for (const hint of HINTS) {
    if ((asObject(declaration)[hint] ?? null) !== null) notes.leaveOut(`${at}/${hint}`)
  }
  const { name, description, parameters, parametersJsonSchema: asJsonSchema } = declaration
  const schema = asJsonSchema ?? (parameters ? jsonSchemaOf({ ...parameters }) : NO_PARAMETERS)
  return {
    name,
    parameters: { ...schema },
    at,
    ...(typeof description === 'string' && { description }),
  }
}

/** Other families want to be told that there are none. */
const NO_PARAMETERS = { type: 'object', properties: {} }

function choiceOf(config: ChoiceConfig): ToolChoice | undefined {
  const [name, ...others] = config?.allowedFunctionNames ?? []
  switch (config?.mode) {
    case 'ANY':
      return name !== undefined && others.length === 0 ? { name } : 'required'
    case 'NONE':
      return 'none'
    case 'AUTO':
    case 'VALIDATED':
      return 'auto'
    default:
      return undefined
  }
}
