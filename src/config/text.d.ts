/** A TOML file imported as its text, `with { type: 'text' }`. */
declare module '*.toml' {
  const text: string
  export default text
}
