import { countTokens, TOKENS_PER_IMAGE } from '../../providers/count-tokens.ts'
import { asArray, isObject } from '../../providers/json-shape.ts'

/** Tokens around the text of each message: its role and its borders. */
const TOKENS_PER_MESSAGE = 4

/** The fields of messages and their parts that a model reads, in any of the formats. */
const READ_FIELDS = [
  'text',
  'content',
  'refusal',
  'thinking',
  'tool_calls',
  'function',
  'name',
  'arguments',
  'input',
]

/** The images of messages, also those in the results of tools. */
const IMAGES = new Set<unknown>(['image', 'image_url', 'input_image'])

/** The tokens of what a request says, images at a fixed estimate, in any format that has `messages`; for providers that do not report them. */
export async function countInput(body: Readonly<Record<string, unknown>>): Promise<number> {
  const messages = asArray(body['messages'])
  const texts = [...textsIn(body['system']), ...messages.flatMap(textsIn)]
  const tools = asArray(body['tools'])
  if (tools.length > 0) texts.push(JSON.stringify(tools))
  const around = TOKENS_PER_MESSAGE * messages.length + TOKENS_PER_IMAGE * imagesIn(messages)
  return (await countTokens(texts.join('\n'))) + around
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (!isObject(value)) return []
  // The input of a tool is the model's own JSON, whatever its fields are called.
  if (value['type'] === 'tool_use')
    return [...textsIn(value['name']), JSON.stringify(value['input'])]
  return READ_FIELDS.flatMap((field) => textsIn(value[field]))
}

function imagesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + imagesIn(item), 0)
  if (!isObject(value)) return 0
  return IMAGES.has(value['type']) ? 1 : imagesIn(value['content'])
}
