import { invalid } from '../../errors.ts'

const NAME = 'anthropic-beta'

/**
 * The header that switches on features of Anthropic's API, for providers that speak it; for others the fields that the
 * features bring are refused by name.
 *
 * @throws AresError `invalid` when it is not a list of names
 */
export function betaHeader(headers: Headers): Record<string, string> | undefined {
  const value = headers.get(NAME)
  if (value === null) return undefined
  if (!/^[\w.:, -]{1,1000}$/.test(value)) {
    throw invalid(`/${NAME}`, 'anthropic-beta is a list of names.')
  }
  return { [NAME]: value }
}
