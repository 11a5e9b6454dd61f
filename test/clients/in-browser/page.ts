import { anthropic } from '../libraries/anthropic.ts'
import { langGraphs } from '../libraries/langgraph.ts'
import { openAiChat } from '../libraries/openai-chat.ts'
import { openAiResponses } from '../libraries/openai-responses.ts'
import type { Client, Feature, Place } from '../table/client.ts'

/* What the page holds: the libraries, bundled as a web application would have them. */

const CLIENTS: Client[] = [openAiChat, openAiResponses, anthropic, ...langGraphs]

/** Plays one feature of one client; told by its name. */
async function playInPage(name: string, feature: Feature, place: Place): Promise<string> {
  const client = CLIENTS.find((each) => each.name === name)
  return client![feature]!(place)
}

Object.assign(globalThis, { playInPage })
