import type { Client } from '../table/client.ts'
import { aiSdks } from './ai-sdk.ts'
import { anthropic } from './anthropic.ts'
import { googleChats, googleGenAi } from './google-genai.ts'
import { langGraphs } from './langgraph.ts'
import { mistral } from './mistral.ts'
import { agentsSdks } from './openai-agents.ts'
import { openAiChat } from './openai-chat.ts'
import { openAiResponses } from './openai-responses.ts'
import { openRouter } from './openrouter.ts'

/** The libraries that are small enough for every test run. */
export const LIBRARIES: Client[] = [
  openAiChat,
  openAiResponses,
  anthropic,
  ...aiSdks,
  ...agentsSdks,
  ...langGraphs,
  googleGenAi,
  googleChats,
  mistral,
  openRouter,
]
