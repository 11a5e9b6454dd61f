import { asArray, asObject, asString, isObject, parseReply } from '../../json-shape.ts'
import type { Transcript } from '../../transcript.ts'
import { verdictOf } from '../../verdict.ts'
import { WireFault } from '../../wire-fault.ts'
import { readCall, readEnd, readOutput, readSeal } from './reading.ts'

type Fields = Readonly<Record<string, unknown>>

/** Reads one event of a streamed response. What is said once more when it is whole is passed over. @throws WireFault */
export function readEvent(data: string, transcript: Transcript): void {
  // Some servers end every stream so; nothing more is said by it.
  if (data === '[DONE]') return
  const event = parseReply(data)
  if (!isObject(event)) throw new WireFault()
  switch (event['type']) {
    case 'response.output_item.added':
      return readBeginning(asObject(event['item']), indexIn(event), transcript)
    case 'response.output_item.done':
      return readSeal(asObject(event['item']), transcript)
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      return readLast(asObject(event['response']), transcript)
    case 'error':
      throw new WireFault(verdictOf(event))
    default:
      return readDelta(event, transcript)
  }
}

function readBeginning(item: Fields, index: number, transcript: Transcript): void {
  transcript.generated.add({ name: item['name'] })
  readCall(item, index, transcript)
}

/** Everything that the model writes is counted, of kinds that are not known too. */
function readDelta(event: Fields, transcript: Transcript): void {
  const type = asString(event['type'])
  const text = asString(event['delta'])
  if (text === '' || !type.endsWith('.delta')) return
  transcript.generated.add({ [type]: text })
  switch (type) {
    case 'response.output_text.delta': {
      const logprobs = asArray(event['logprobs'])
      return transcript.text(text, logprobs.length > 0 ? logprobs : undefined)
    }
    case 'response.refusal.delta':
      return transcript.refusal(text)
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      return transcript.reasoning(text)
    case 'response.function_call_arguments.delta':
    case 'response.custom_tool_call_input.delta':
      return transcript.call({ index: indexIn(event), arguments: text })
  }
}

/** Some servers say nothing before they have it all. */
function readLast(response: Fields, transcript: Transcript): void {
  const { output } = response
  if (Array.isArray(output) && transcript.parts.length === 0) readOutput(output, transcript)
  readEnd(response, transcript)
  transcript.end()
}

function indexIn({ output_index: index }: Fields): number {
  return typeof index === 'number' ? index : 0
}
