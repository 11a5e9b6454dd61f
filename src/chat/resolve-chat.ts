import { AresError, found, invalid, notFound } from '../errors.ts'
import { checkDemands, type Places, settingsOf } from '../agents/config.ts'
import {
  type AgentIdentity,
  type AgentProfile,
  findIdentities,
  findProfile,
} from '../agents/store.ts'
import { allowsAgent } from '../caller/powers.ts'
import { requireModel } from '../caller/require.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Catalog, CatalogEntry } from '../providers/catalog.ts'
import { type Message, textMessage } from '../form/parts.ts'
import type { Spending } from '../ledger/run-row.ts'
import type { Conversation } from '../execution/call-wording.ts'
import type { Caller } from '../caller/caller.ts'
import type { ToolCatalog } from '../tools/catalog.ts'
import type { ChatRequest, PlaygroundRequest } from './schema.ts'

export interface ResolveChatDeps {
  reads: StatementReader
  catalog: Catalog
  tools: ToolCatalog
}

/** A chat brings no tools of its own: that they do not fit is the model's doing. */
const PLACES: Places = { model: '/model', tools: '/model', temperature: '/temperature' }

/** A chat request made concrete. */
export interface ResolvedChat {
  conversation: Conversation
  spending: Spending
}

/** As far as it matters for what a chat means. */
type ChatCaller = Pick<Caller, 'tenantId' | 'powers'>

/**
 * Finds the agent and model a chat means, and checks that they fit.
 *
 * @throws AresError `not_found`, `forbidden`, `agent_paused`, `invalid`, `provider_not_configured`
 * Source: contract 5.4.
 */
export async function resolveChat(
  deps: ResolveChatDeps,
  caller: ChatCaller,
  request: PlaygroundRequest,
): Promise<ResolvedChat> {
  checkLastMessage(request.messages)
  const named = namedModel(deps.catalog, request)
  const agent = await findChatAgent(deps.reads, caller, request)
  const entry = named ?? modelOf(deps.catalog, agent)
  requireModel(caller.powers, entry.model.id)
  const temperature = request.temperature ?? agent?.config.temperature
  checkDemands(
    deps.catalog,
    { model: entry.model.id, tools: agent?.config.tools, temperature },
    PLACES,
  )
  if (!entry.available) {
    throw new AresError(
      'provider_not_configured',
      `The provider of ${entry.model.id} is not set up.`,
    )
  }
  return {
    conversation: {
      entry,
      request: {
        messages: messagesOf(agent, request),
        ...settingsOf(agent?.config),
        ...settingsOf(request),
      },
      tools: deps.tools.select(agent?.config.tools ?? []),
    },
    spending: {
      kind: 'chat',
      agent_id: agent?.id ?? null,
      agent_version: agent?.version ?? null,
      model: entry.model.id,
      provider: entry.providerName,
    },
  }
}

async function findChatAgent(
  reads: StatementReader,
  { tenantId, powers }: ChatCaller,
  { agent, agent_type }: PlaygroundRequest,
): Promise<AgentProfile | null> {
  if (agent !== undefined) {
    const named = allowsAgent(powers, agent) && (await findProfile(reads, tenantId, agent))
    return chooseAgent(named ? [named] : [], agent)
  }
  if (agent_type === undefined) return null
  const known = await findIdentities(reads, tenantId, agent_type)
  const { name } = chooseAgent(
    known.filter((one) => allowsAgent(powers, one.name)),
    agent_type,
  )
  return found(await findProfile(reads, tenantId, name), 'agent')
}

function checkLastMessage(messages: ChatRequest['messages']): void {
  const last = messages.at(-1)
  if (last?.role !== 'user') throw invalid('/messages', 'The last message must be the user’s.')
  if (last.content === '') {
    throw invalid(`/messages/${messages.length - 1}/content`, 'The last message is empty.')
  }
}

/** The oldest active agent of the type, else the one of that name. */
export function chooseAgent<Candidate extends AgentIdentity>(
  candidates: Candidate[],
  wanted: string,
): Candidate {
  const ofType = candidates.filter((agent) => agent.agentType === wanted)
  const ofName = candidates.filter((agent) => agent.name === wanted)
  const active = [...ofType, ...ofName].find((agent) => agent.status === 'active')
  if (active) return active
  if (candidates.length > 0) throw new AresError('agent_paused', 'This agent is paused.')
  throw notFound('agent')
}

/** The model that the request names, which is looked at before the agent: what is invalid is told before what is missing. */
function namedModel(catalog: Catalog, { model }: ChatRequest): CatalogEntry | undefined {
  if (model === undefined) return undefined
  const entry = catalog.find(model)
  if (!entry) throw invalid('/model', `The model ${model} is not configured here.`)
  return entry
}

function modelOf(catalog: Catalog, agent: AgentProfile | null): CatalogEntry {
  if (!agent) throw invalid('/model', 'Name a model or an agent_type.')
  const entry = catalog.find(agent.config.model)
  if (!entry) {
    throw new AresError(
      'provider_not_configured',
      `The model ${agent.config.model} is not set up any more.`,
    )
  }
  return entry
}

/** An agent's prompt comes before the caller's own system messages. */
function messagesOf(agent: AgentProfile | null, { messages }: ChatRequest): Message[] {
  const said = messages.map(({ role, content }) => textMessage(role, content))
  const prompt = agent?.config.system_prompt
  return prompt ? [textMessage('system', prompt), ...said] : said
}
