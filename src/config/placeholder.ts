/**
 * Does this look like the name of an environment variable, in the place of what it holds? Other programs write such
 * names as `${NAME}`, `$NAME`, `%NAME%`, `env:NAME`, `{env:NAME}`, `{{ NAME }}`, `os.environ/NAME`, or bare.
 */
export function isVariableName(text: string): boolean {
  const trimmed = text.trim()
  return MARKED.some((form) => form.test(trimmed)) || BARE.test(trimmed)
}

const MARKED = [
  /\$\{[A-Za-z_]\w*(?::?[-?][^{}]*)?\}/,
  /^\$\(?[A-Za-z_][A-Za-z0-9_]*\)?$/,
  /^%[A-Za-z_][A-Za-z0-9_]*%$/,
  /^\{\{?[^{}]*\}\}?$/,
  /^(?:env|\$env)[:.][A-Za-z_][A-Za-z0-9_]*$/i,
  /^(?:os\.environ\/|process\.env\.|ENV\[).+$/,
]

/** `OPENAI_API_KEY`. */
const BARE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:KEY|TOKEN|SECRET|PROXY)$/

/**
 * What is wrong with a value that looks like the name of a variable; null when it does not. The value itself is not
 * repeated: it might be a secret after all.
 *
 * @param namingKey where such a name belongs
 */
export function placeholderFault(text: string, namingKey: string): string | null {
  return isVariableName(text)
    ? `found what looks like the name of an environment variable; write it as ${namingKey} = "NAME", without any sign around it`
    : null
}
