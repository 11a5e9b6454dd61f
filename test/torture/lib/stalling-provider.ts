import { rawStream, body } from '../../scripted-faults.ts'
import { geminiMethod } from '../../scripted-gemini.ts'
import { startScriptedProvider } from '../../scripted-provider.ts'
import { answer, wantsStream } from '../../scripted-replies.ts'
import type { RecordedRequest, Reply } from '../../scripted-wire.ts'
import { STALLING_ANSWERS, vectors } from './stalling-answers.ts'
import { type Format, WIRES } from './stalling-wires.ts'

/* `bun test/torture/lib/stalling-provider.ts`: answers `[stall NAME]` as `stalling-answers.ts` says, and all else well. */

/** The newest answer: to make one takes longer than to send it. */
let made: { key: string; text: string } = { key: '', text: '' }

function replyTo(request: RecordedRequest): Reply {
  const name = /\[stall ([a-z-]+)\]/.exec(request.text)?.[1]
  if (name === undefined) return answer({ usage: null })
  if (request.path.endsWith('/embeddings'))
    return body('application/json', makeOnce('vectors', vectors))
  const stalling = STALLING_ANSWERS.find((one) => one.name === name)
  const isStream = wantsStream(request)
  const make = isStream ? stalling?.streamed : stalling?.whole
  if (!make) return answer({ usage: null })
  const format = formatOf(request)
  const sent = makeOnce(`${name} ${format} ${String(isStream)}`, () => make(WIRES[format]))
  return isStream ? rawStream([sent], 0) : body('application/json', sent)
}

function formatOf(request: RecordedRequest): Format {
  if (geminiMethod(request)) return 'gemini'
  return request.path.endsWith('/messages') ? 'anthropic' : 'openai'
}

function makeOnce(key: string, make: () => string): string {
  if (made.key !== key) made = { key, text: make() }
  return made.text
}

if (import.meta.main) {
  const provider = await startScriptedProvider()
  provider.reply((request) => {
    // Nobody looks at them here.
    provider.requests.length = 0
    return replyTo(request)
  })
  console.log(`listening on ${provider.url}`)
}
