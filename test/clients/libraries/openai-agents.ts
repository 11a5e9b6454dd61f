import type { Client, Place } from '../table/client.ts'
import { HELLO, READ_THE_NOTES } from '../table/note-reader.ts'
import { DESCRIPTION, NAME, Parameters, readNote } from './notes-tool.ts'

/** OpenAI's Agents SDK on one of its two APIs. */
function agentsSdk(name: string, useResponses: boolean): Client {
  const setUp = async ({ url, key, model }: Place) => {
    const { Agent, OpenAIProvider, Runner, tool } = await import('@openai/agents')
    const modelProvider = new OpenAIProvider({ baseURL: `${url}/v1`, apiKey: key, useResponses })
    // Its traces would be sent to OpenAI.
    const runner = new Runner({ modelProvider, tracingDisabled: true })
    const read = tool({
      name: NAME,
      description: DESCRIPTION,
      parameters: Parameters,
      execute: readNote,
    })
    return { runner, agent: new Agent({ name: 'Assistant', model, tools: [read] }) }
  }
  return {
    name,
    package: '@openai/agents',
    async words(place) {
      const { runner, agent } = await setUp(place)
      return (await runner.run(agent, HELLO)).finalOutput ?? ''
    },
    async stream(place) {
      const { runner, agent } = await setUp(place)
      const result = await runner.run(agent, HELLO, { stream: true })
      return (await Array.fromAsync(result.toTextStream())).join('')
    },
    async tools(place) {
      const { runner, agent } = await setUp(place)
      return (await runner.run(agent, READ_THE_NOTES)).finalOutput ?? ''
    },
  }
}

export const agentsSdks: Client[] = [
  agentsSdk('@openai/agents, chat completions', false),
  agentsSdk('@openai/agents, responses', true),
]
