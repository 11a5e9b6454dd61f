import type { Reply } from '../api/client.ts'
import type { Api } from '../api/types.ts'

export type Agent = Reply<'GET /api/admin/tenants/{id}/agents/{name}'>
type Change = Api['PUT /api/admin/tenants/{id}/agents/{name}']['body']
type Created = Api['POST /api/admin/tenants/{id}/agents']['body']

/** An agent as its form holds it: what is typed as it is typed. */
export interface AgentDraft {
  name: string
  agentType: string
  status: 'active' | 'paused'
  model: string
  systemPrompt: string
  tools: string[]
  maxTokens: string
  temperature: string
  topP: string
  metadata: string
}

export const NEW_DRAFT: AgentDraft = {
  name: '',
  agentType: 'custom',
  status: 'active',
  model: '',
  systemPrompt: '',
  tools: [],
  maxTokens: '',
  temperature: '',
  topP: '',
  metadata: '',
}

export function draftOf({ name, agent_type, status, config }: Agent): AgentDraft {
  return {
    name,
    agentType: agent_type,
    status,
    model: config.model,
    systemPrompt: config.system_prompt ?? '',
    tools: config.tools ?? [],
    maxTokens: textOf(config.max_tokens),
    temperature: textOf(config.temperature),
    topP: textOf(config.top_p),
    metadata: config.metadata === undefined ? '' : JSON.stringify(config.metadata, null, 2),
  }
}

function textOf(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}

/** What the API is sent to change: an empty field is taken out of the configuration. */
export function changeOf(draft: AgentDraft): Change {
  return {
    name: draft.name,
    agent_type: draft.agentType,
    status: draft.status,
    config: {
      model: draft.model,
      system_prompt: draft.systemPrompt === '' ? null : draft.systemPrompt,
      tools: draft.tools.length === 0 ? null : draft.tools,
      max_tokens: numberOf(draft.maxTokens),
      temperature: numberOf(draft.temperature),
      top_p: numberOf(draft.topP),
      metadata: metadataOf(draft.metadata),
    },
  }
}

/** What the API is sent to create one: empty fields are left out. */
export function createdOf(draft: AgentDraft): Created {
  const { config, ...rest } = changeOf(draft)
  const given = Object.entries(config ?? {}).filter(([, value]) => value !== null)
  return { ...rest, config: Object.fromEntries(given) } as Created
}

/** What is no number goes to the API as it is, which says what is wrong with it. */
function numberOf(text: string): number | null {
  if (text.trim() === '') return null
  const value = Number(text)
  return (Number.isNaN(value) ? text : value) as number
}

function metadataOf(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return text as unknown as Record<string, unknown>
  }
}
