import { ENV_NAME } from '../config/schema-parts.ts'
import { type Env, readSecret } from '../config/environment.ts'
import type { LitellmFile } from './litellm-schema.ts'
import type { KeySource } from './provider-groups.ts'

const REFERENCE = 'os.environ/'

/** Values as LiteLLM reads them: `os.environ/NAME` is a variable, which the file itself may set. */
export class LitellmValues {
  readonly #own: Record<string, unknown>
  readonly #env: Env

  constructor({ environment_variables: own = {} }: LitellmFile, env: Env) {
    this.#own = own
    this.#env = env
  }

  /** The text itself or the value of the variable it names; null when that is not set. */
  text(value: string): string | null {
    if (!value.startsWith(REFERENCE)) return value
    const name = value.slice(REFERENCE.length)
    return this.#setHere(name) ?? readSecret(this.#env, name)
  }

  /** A number, or the text of one; null when it is none. */
  number(value: number | string | undefined): number | null {
    if (value === undefined) return null
    const text = typeof value === 'string' ? this.text(value)?.trim() : value
    const number = text === '' || text === undefined ? Number.NaN : Number(text)
    return Number.isFinite(number) && number >= 0 ? number : null
  }

  /** A key: variables stay variables, unless the file sets them. */
  key(value: string): KeySource {
    if (!value.startsWith(REFERENCE)) return { kind: 'value', value }
    const name = value.slice(REFERENCE.length)
    const own = this.#setHere(name)
    return own === null ? { kind: 'variable', name } : { kind: 'value', value: own }
  }

  #setHere(name: string): string | null {
    const value = Object.hasOwn(this.#own, name) ? this.#own[name] : undefined
    return typeof value === 'string' && value !== '' && !value.startsWith(REFERENCE) ? value : null
  }
}

/** True for what `api_key_env` may be. */
export function isVariableName(name: string): boolean {
  return new RegExp(ENV_NAME.pattern).test(name)
}
