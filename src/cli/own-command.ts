/** The command that runs this program again, with other arguments: the binary itself, or the checkout's entry. */
export function ownCommand(args: string[]): string[] {
  const isCompiled = import.meta.path.startsWith('/$bunfs/')
  const program = isCompiled ? [] : [...process.execArgv, process.argv[1]!]
  return [process.execPath, ...program, ...args]
}

/** The hidden command by which the server looks through its database: `ares look-through PATH`. */
export const LOOK_THROUGH = 'look-through'
