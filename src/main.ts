import { liftFetchLimit } from './cli/fetch-limit.ts'

// Before anything else is loaded: Bun reads the limit once, at the start of the process.
liftFetchLimit()

const { runProgram } = await import('./cli/program.ts')
await runProgram(process.argv.slice(2))
