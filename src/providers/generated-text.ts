import { GrowingText } from '../growing-text.ts'
import { wroteTooMuch } from './call-failure.ts'
import { countTokens, LARGEST_COUNTED_BYTES, TOKENS_PER_IMAGE } from './count-tokens.ts'
import { isObject } from './json-shape.ts'

/*
 * What of an answer was written by the model: every string, under whatever name, so that a name that is yet to be
 * invented counts too. Left out is what the provider wrote around it:
 *
 *   which thing it is    id, …_id, type, role, object, model, status, format, media_type, mime_type
 *   why it ended         finish_reason, stop_reason, stop_sequence
 *   what proves it       signature, thought_signature, encrypted_content, data (sounds, thoughts under seal), b64_json
 *   what is said of it   logprobs, annotations, citations, citation, content_filter_results
 *   where it lies        url, file_data
 *
 * The arguments of a tool that come as an object are counted as JSON. An image has a fixed estimate.
 */
const NOT_WRITTEN = new Set([
  'id',
  'type',
  'role',
  'object',
  'model',
  'status',
  'format',
  'media_type',
  'mime_type',
  'finish_reason',
  'stop_reason',
  'stop_sequence',
  'signature',
  'thought_signature',
  'encrypted_content',
  'data',
  'b64_json',
  'logprobs',
  'annotations',
  'citations',
  'citation',
  'content_filter_results',
  'url',
  'file_data',
])

/** Objects under these names are JSON that the model wrote. */
const ARGUMENTS = new Set(['arguments', 'input'])
const IMAGES = new Set<unknown>(['image', 'image_url', 'input_image', 'output_image'])

/**
 * Several times what any model writes in one answer. All of it is translated, kept and said once more, so that it costs
 * far more than the bytes of an answer that are handed on.
 */
const MAX_CHARACTERS = 4 * 1024 * 1024

interface Written {
  field: string
  text: string
}

/** All that a model wrote in one answer, kept only as far as it is counted word for word. */
export class GeneratedText {
  readonly #text = new GrowingText()
  #characters = 0
  #bytes = 0
  #images = 0
  #field = ''
  #name = ''

  /** Takes what is written in a delta, a message or a content block. @throws CallFailure when it is too much in all */
  add(value: unknown): void {
    const written: Written[] = []
    this.#find('', value, written)
    const [only] = written
    if (only && written.length === 1) return this.#write(only.field, only.text)
    // The same thought under two names, as some servers say it, is one thought.
    const fieldOf = new Map<string, string>()
    for (const { field, text } of written) {
      if ((fieldOf.get(text) ?? field) !== field) continue
      fieldOf.set(text, field)
      this.#write(field, text)
    }
  }

  /** In tokens, by the tokenizer; in about four bytes a token where it is long. */
  async count(): Promise<number> {
    const images = TOKENS_PER_IMAGE * this.#images
    if (this.#bytes > LARGEST_COUNTED_BYTES) return Math.ceil(this.#bytes / 4) + images
    return (await countTokens(this.#text.parts)) + images
  }

  #find(field: string, value: unknown, written: Written[]): void {
    if (typeof value === 'string') this.#findString(field, value, written)
    else if (Array.isArray(value)) for (const item of value) this.#find(field, item, written)
    else if (isObject(value)) this.#findObject(field, value, written)
  }

  #findString(field: string, text: string, written: Written[]): void {
    if (text.startsWith('data:image/')) this.#images++
    else if (text !== '') written.push({ field, text })
  }

  #findObject(field: string, value: Record<string, unknown>, written: Written[]): void {
    if (IMAGES.has(value['type'])) {
      this.#images++
      return
    }
    if (ARGUMENTS.has(field)) {
      // In a stream they begin empty and follow as text.
      if (Object.keys(value).length > 0) written.push({ field, text: JSON.stringify(value) })
      return
    }
    for (const name in value) {
      if (!NOT_WRITTEN.has(name) && !name.endsWith('_id')) this.#find(name, value[name], written)
    }
  }

  #write(field: string, text: string): void {
    // Some servers repeat the name of a tool with every fragment.
    if (field === 'name' && text === this.#name) return
    if (field === 'name') this.#name = text
    if (field !== this.#field && this.#bytes > 0) this.#keep('\n')
    this.#field = field
    this.#keep(text)
  }

  #keep(text: string): void {
    this.#characters += text.length
    if (this.#characters > MAX_CHARACTERS) throw wroteTooMuch(MAX_CHARACTERS)
    this.#bytes += Buffer.byteLength(text)
    if (this.#bytes <= LARGEST_COUNTED_BYTES) this.#text.add(text)
  }
}
