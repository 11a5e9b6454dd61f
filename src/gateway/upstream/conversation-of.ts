import { checkDemands, settingsOf } from '../../agents/config.ts'
import { CallWording, type Conversation } from '../../execution/call-wording.ts'
import type { Notes } from '../../form/notes.ts'
import { textMessage } from '../../form/parts.ts'
import type { ModelRequest } from '../../form/request.ts'
import type { Catalog } from '../../providers/catalog.ts'
import type { Tool } from '../../tools/tool.ts'
import type { ToolCatalog } from '../../tools/catalog.ts'
import type { Target } from './target.ts'

/** Where a request has what an agent may not fit to. */
const PLACES = { model: '/model', tools: '/model', temperature: '/temperature' }

/**
 * What a request asks of a model or an agent. An agent's prompt comes before the caller's own messages, its tools stand
 * beside the caller's, and its settings hold where the caller says nothing.
 *
 * @throws AresError `invalid` with all that the notes have of it, and that its provider cannot be told
 */
export function conversationOf(
  { catalog, tools }: { catalog: Catalog; tools: ToolCatalog },
  { entry, agent }: Target,
  asked: ModelRequest,
  notes: Notes,
): Conversation {
  const config = agent?.config
  const temperature = asked.temperature ?? config?.temperature
  if (agent) {
    checkDemands(catalog, { model: entry.model.id, tools: config?.tools, temperature }, PLACES)
  }
  const own = tools.select(config?.tools ?? [])
  refuseSameNames(asked, own, notes)
  const prompt = config?.system_prompt
  const request: ModelRequest = {
    ...settingsOf(config),
    ...asked,
    messages: prompt ? [textMessage('system', prompt), ...asked.messages] : asked.messages,
  }
  const conversation = { entry, request, tools: agent && own }
  entry.provider.review(new CallWording(conversation).call(request.messages), notes)
  notes.throwIfAny()
  return conversation
}

/** A call has to be either the client's or ours. */
function refuseSameNames({ tools = [] }: ModelRequest, own: readonly Tool[], notes: Notes): void {
  for (const { name, at } of tools) {
    if (!own.some((tool) => tool.name === name)) continue
    notes.refuse(at, `the agent has a tool named ${name} of its own`)
  }
}
