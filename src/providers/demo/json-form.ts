/** A JSON form as prompts state it: values are examples, types (`number`), ranges (`0..1`) or options (`a|b`). */
export type Form =
  | { kind: 'object'; fields: [key: string, value: Form][] }
  | { kind: 'list'; item: Form | null }
  | { kind: 'value'; text: string; quoted: boolean }

export type ObjectForm = Extract<Form, { kind: 'object' }>

const MAX_DEPTH = 6
const SPACE = /(?:\s|\/\/[^\n]*)*/y
const KEY = /(?:"((?:[^"\\\n]|\\.){1,100})"|'([^'\n]{1,100})'|([A-Za-z_][\w-]{0,100}))\s*:/y
const STRING = /"((?:[^"\\\n]|\\.){0,2000})"/y
/** The next option after a quoted one, as in `"low" | "high"`. */
const OPTION = /\s*\|/y
const BARE = /(?:\([^()\n]{0,200}\)|[^,{}[\]()"\n]){1,200}/y
/** What may follow a value: `| null`, a remark. It must not swallow the next key. */
const REMARK = /[^,{}[\]\n]{0,300}/y
const ELLIPSIS = /(?:\.\.\.|…)/y
const ASKS_FOR_ANSWER = /\b(?:answer|reply|respond|return|output|produce|format)/i
const LEAD_CHARACTERS = 1000

/**
 * The JSON object that a prompt asks for, as its author wrote it down, or undefined without one.
 *
 * Among several it is the first that words like “answer with” lead up to, otherwise the last:
 * examples of the input come before the form of the answer.
 */
export function findForm(prompt: string): ObjectForm | undefined {
  const forms: { form: ObjectForm; isAnswer: boolean }[] = []
  let after = 0
  for (let start = prompt.indexOf('{'); start !== -1; start = prompt.indexOf('{', start + 1)) {
    if (start < after) continue
    const reader = new FormReader(prompt, start)
    const form = reader.object(MAX_DEPTH)
    if (!form) continue
    const lead = prompt.slice(Math.max(after, start - LEAD_CHARACTERS), start)
    forms.push({ form, isAnswer: ASKS_FOR_ANSWER.test(lead) })
    after = reader.position
  }
  return (forms.find(({ isAnswer }) => isAnswer) ?? forms.at(-1))?.form
}

/** Reads one form; every method returns undefined where the text is none. */
class FormReader {
  constructor(
    readonly text: string,
    public position: number,
  ) {}

  object(depth: number): ObjectForm | undefined {
    if (depth === 0 || !this.#take('{')) return undefined
    const fields: ObjectForm['fields'] = []
    while (!this.#take('}')) {
      if (!this.#skip(ELLIPSIS)) {
        const field = this.#field(depth)
        if (!field) return undefined
        fields.push(field)
      }
      if (!this.#take(',') && !this.#isAt('}')) return undefined
    }
    return fields.length > 0 ? { kind: 'object', fields } : undefined
  }

  #field(depth: number): [string, Form] | undefined {
    const key = this.#match(KEY)
    if (key === undefined) return undefined
    const value = this.#value(depth)
    return value && [key, value]
  }

  #value(depth: number): Form | undefined {
    this.#skip(SPACE)
    const value = this.#nested(depth) ?? this.#quoted() ?? this.#bare()
    this.#skip(REMARK)
    return value
  }

  #nested(depth: number): Form | undefined {
    if (this.#isAt('{')) return this.object(depth - 1)
    return this.#isAt('[') ? this.#list(depth - 1) : undefined
  }

  /** The first item says what the others look like. */
  #list(depth: number): Form | undefined {
    if (depth === 0 || !this.#take('[')) return undefined
    if (this.#take(']')) return { kind: 'list', item: null }
    const item = this.#value(depth)
    if (!item) return undefined
    while (this.#take(',')) {
      if (!this.#skip(ELLIPSIS) && !this.#value(depth)) return undefined
    }
    return this.#take(']') ? { kind: 'list', item } : undefined
  }

  #quoted(): Form | undefined {
    const text = this.#match(STRING)
    if (text === undefined) return undefined
    const hasOptions = this.#match(OPTION) !== undefined
    return { kind: 'value', text: hasOptions ? `${text}|` : text, quoted: true }
  }

  #bare(): Form | undefined {
    const text = this.#match(BARE)?.trim()
    return text ? { kind: 'value', text, quoted: false } : undefined
  }

  #take(character: string): boolean {
    if (!this.#isAt(character)) return false
    this.position++
    this.#match(SPACE)
    return true
  }

  /** Moves past the pattern and the space behind it, if the pattern is here. */
  #skip(pattern: RegExp): boolean {
    const found = this.#match(pattern) !== undefined
    if (found) this.#match(SPACE)
    return found
  }

  #isAt(character: string): boolean {
    return this.text[this.position] === character
  }

  /** What the pattern finds here: its first group that took part, otherwise the whole. Moves past it. */
  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position
    const match = pattern.exec(this.text)
    if (!match) return undefined
    this.position = pattern.lastIndex
    return match.slice(1).find((group) => group !== undefined) ?? match[0]
  }
}
