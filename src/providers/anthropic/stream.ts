import { asObject, asString, isObject, parseReply } from '../json-shape.ts'
import type { Transcript } from '../transcript.ts'
import { WireFault } from '../wire-fault.ts'
import {
  readBlock,
  readInputUsage,
  readOutputUsage,
  readSignature,
  readStopReason,
  refuseErrorObject,
} from './reading.ts'

type Fields = Readonly<Record<string, unknown>>

/** Reads one event of a streamed message. @throws WireFault */
export function readEvent(data: string, transcript: Transcript): void {
  const event = parseReply(data)
  if (!isObject(event)) throw new WireFault()
  switch (event['type']) {
    case 'content_block_delta':
      return readDelta(asObject(event['delta']), indexIn(event), transcript)
    case 'content_block_start':
      return readBlock(asObject(event['content_block']), indexIn(event), transcript)
    case 'message_start':
      // Its output figure is only a beginning; the true one comes with message_delta.
      return readInputUsage(asObject(event['message'])['usage'], transcript)
    case 'message_delta':
      readStopReason(asObject(event['delta']), transcript)
      readInputUsage(event['usage'], transcript)
      return readOutputUsage(event['usage'], transcript)
    case 'message_stop':
      return transcript.end()
    default:
      // Pings, ends of blocks, and kinds that are yet to be invented.
      return refuseErrorObject(event)
  }
}

function readDelta(delta: Fields, index: number, transcript: Transcript): void {
  transcript.generated.add(delta)
  switch (delta['type']) {
    case 'text_delta':
      return transcript.text(asString(delta['text']))
    case 'input_json_delta':
      return transcript.call({ index, arguments: asString(delta['partial_json']) })
    case 'thinking_delta':
      return transcript.reasoning(asString(delta['thinking']))
    case 'signature_delta':
      return readSignature(delta['signature'], transcript)
  }
}

function indexIn({ index }: Fields): number {
  return typeof index === 'number' ? index : 0
}
