import { invalid } from '../../errors.ts'
import type { CountTokensRequest, GenerateBody } from './gemini-schema.ts'

/** The request that `countTokens` asks about. @throws AresError `invalid` when there is none */
export function countedBody(
  model: string,
  { generateContentRequest: whole, contents }: CountTokensRequest,
): GenerateBody {
  if (whole) return { ...whole, model }
  if (contents) return { contents, model }
  throw invalid('/contents', 'contents or generateContentRequest is required.')
}
