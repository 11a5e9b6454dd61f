import { type CallContext, providerError } from './complete-answer.ts'
import { ProviderError } from './provider.ts'
import { Transcript } from './transcript.ts'

/** Does one call's work, which writes into the transcript it is given. @throws ProviderError, never anything else */
export async function checkedCall<T>(
  context: CallContext,
  work: (transcript: Transcript) => Promise<T>,
): Promise<T> {
  const { name, keyMissing } = context.config
  if (keyMissing) {
    throw new ProviderError('not_configured', `The provider ${name} is not configured.`)
  }
  const transcript = new Transcript()
  try {
    return await work(transcript)
  } catch (error) {
    throw await providerError(error, transcript, context)
  }
}
