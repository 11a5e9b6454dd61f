import type { Client } from '../table/client.ts'
import { genkit } from './genkit.ts'
import { mastra } from './mastra.ts'
import { programClient } from './program.ts'
import { PROGRAMS } from './programs.ts'
import { requesty } from './requesty.ts'

/**
 * The clients that are too large for every test run.
 *
 * @param folder where the notes are that the programs read
 */
export function largeClients(folder: string): Client[] {
  return [...PROGRAMS.map((program) => programClient(program, folder)), mastra, genkit, requesty]
}
