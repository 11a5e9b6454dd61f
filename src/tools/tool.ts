import type { ToolSpec } from '../form/request.ts'

/** A tool the server runs for a model. */
export interface Tool extends ToolSpec {
  description: string
  /**
   * The tool result, as text for the model.
   * Bad arguments and failures come back as text that begins with `error:`, so that the model can correct itself; never throws.
   *
   * @param args the tool call's arguments as the model wrote them: JSON text, possibly broken
   */
  run(args: string): Promise<string>
}
