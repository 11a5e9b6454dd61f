import { asArray, asObject, asString, isObject, parseReply } from '../json-shape.ts'
import type { RelayRequest } from '../relay.ts'
import type { Transcript } from '../transcript.ts'
import { WireFault } from '../wire-fault.ts'
import type { AnswerReader } from '../wire-format.ts'
import { readFinishReason, readUsage, refuseErrorObject } from './reading.ts'
import { DONE } from './stream.ts'

/** Answers of OpenAI's legacy completions, where a choice is nothing but text. */
export const TEXT_COMPLETIONS: AnswerReader = {
  readReply(reply, transcript) {
    if (!Array.isArray(reply['choices'])) {
      refuseErrorObject(reply)
      throw new WireFault()
    }
    readChoices(reply, transcript)
    transcript.end()
  },
  readEvent(data, transcript) {
    if (data === DONE) return transcript.end()
    const event = parseReply(data)
    if (!isObject(event)) throw new WireFault()
    readChoices(event, transcript)
  },
}

/** The request as its client wrote it; usage is asked for in every stream. */
export function textCompletionJson({ model, body }: RelayRequest, stream: boolean): object {
  const { stream_options: options, ...rest } = body
  const asked = { ...asObject(options), include_usage: true }
  return {
    ...rest,
    model: model.upstreamId,
    ...(stream && { stream, stream_options: asked }),
  }
}

/** There is one choice for each text that was asked about; what they say is recorded in their order. */
function readChoices(json: Record<string, unknown>, transcript: Transcript): void {
  refuseErrorObject(json)
  for (const each of asArray(json['choices'])) {
    const choice = asObject(each)
    const text = asString(choice['text'])
    transcript.generated.add({ text })
    transcript.text(text)
    readFinishReason(choice, transcript)
  }
  readUsage(json, transcript)
}
