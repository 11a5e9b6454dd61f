/** A tool call; `args` is JSON text. */
export interface Call {
  id: string
  name: string
  args: string
}

/** An answer in nobody's format: what a model says and, from the other end, what a client is told. */
export interface Said {
  thought: string
  /** The provider's seal on the thought; empty where its format has none. */
  seal: string
  text: string
  calls: Call[]
}

export const NOTHING: Said = { thought: '', seal: '', text: '', calls: [] }
