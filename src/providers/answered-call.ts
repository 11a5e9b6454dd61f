import type { ProviderConfig } from '../config/config.ts'
import { Answer } from './answer.ts'
import { providerError } from './complete-answer.ts'
import { ProviderError } from './provider.ts'
import type { Prompt } from './usage.ts'

/** Does one call's work, which gathers in the answer it is given. @throws ProviderError, never anything else */
export async function answeredCall<T>(
  { name, keyMissing }: ProviderConfig,
  prompt: Prompt,
  work: (answer: Answer) => Promise<T>,
): Promise<T> {
  if (keyMissing) {
    throw new ProviderError('not_configured', `The provider ${name} is not configured.`)
  }
  const answer = new Answer()
  try {
    return await work(answer)
  } catch (error) {
    throw await providerError(error, answer, prompt, name)
  }
}
