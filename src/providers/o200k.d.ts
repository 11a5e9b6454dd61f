/** A file that the build embeds: the default export is its path. */
declare module 'gpt-tokenizer/data/o200k_base.tiktoken' {
  const path: string
  export default path
}
