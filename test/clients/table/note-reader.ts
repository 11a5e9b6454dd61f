import { answer, type ScriptedToolCall } from '../../scripted-replies.ts'
import type { RecordedRequest, Reply } from '../../scripted-wire.ts'

/*
 * A model that reads three notes with whatever tool its client gives it for that: two at once, then the third, then it
 * tells what they say. On every wire, for what it has learnt so far stands in the request, wherever that may be.
 */

/** What the notes say; their files are those of `NOTE_FILES`. */
export const NOTES = ['apple-4711', 'pear-0815', 'plum-1234'] as const

/** The notes as files for clients that read files, from their working directory. */
export const NOTE_FILES = Object.fromEntries(
  NOTES.map((note, index) => [`note-${index + 1}.txt`, `${note}\n`]),
)

/** What clients say for a greeting. */
export const HELLO = 'Good morning.'

/** Has the model read the notes; without these words it greets. */
export const READ_THE_NOTES = 'Please read the three notes, and tell me what they say.'

/** What it greets with, in pieces. */
export const GREETING = ['Hello ', 'from ', 'the ', 'scripted ', 'model.']

const SUM = '6 * 7'

const shell = (number: number) => `cat note-${number}.txt`
const file = (number: number) => `note-${number}.txt`

/** How each tool that can read a note is called; the first one that a client has is used. */
const READERS: Record<string, (number: number, folder: string) => object> = {
  read_note: (number) => ({ number }),
  exec_command: (number) => ({ cmd: shell(number) }),
  shell_command: (number) => ({ command: shell(number) }),
  read_file: (number, folder) => ({ file_path: `${folder}/${file(number)}` }),
  read: (number, folder) => ({
    filePath: `${folder}/${file(number)}`,
    path: `${folder}/${file(number)}`,
  }),
  Read: (number, folder) => ({ filepath: `${folder}/${file(number)}` }),
}

/**
 * The script of a provider.
 *
 * @param folder where the notes are, for clients that want to be told whole paths
 */
export function noteReader(folder = ''): (request: RecordedRequest) => Reply {
  return ({ text, body }) => {
    const offered = toolNames(body['tools'])
    // An agent's own tool comes first, which its client never hears of.
    if (offered.includes('calculator') && !text.includes(SUM))
      return answer({ toolCalls: [{ name: 'calculator', arguments: { expression: SUM } }] })
    const reader = Object.keys(READERS).find((name) => offered.includes(name))
    if (reader === undefined || !text.includes(READ_THE_NOTES)) return answer({ deltas: GREETING })
    const unread = NOTES.flatMap((note, index) => (text.includes(note) ? [] : [index + 1]))
    if (unread.length === 0) return answer({ deltas: ['They say ', NOTES.join(', '), '.'] })
    const wanted = unread.slice(0, 2)
    return answer({ toolCalls: wanted.map((number) => callOf(reader, number, folder)) })
  }
}

function callOf(name: string, number: number, folder: string): ScriptedToolCall {
  return { id: `call_note_${number}`, name, arguments: READERS[name]!(number, folder) }
}

interface OfferedTool {
  name?: string
  function?: { name: string }
  functionDeclarations?: { name: string }[]
}

function toolNames(tools: unknown): string[] {
  return ((tools ?? []) as OfferedTool[]).flatMap((tool) => [
    ...(tool.functionDeclarations ?? []).map(({ name }) => name),
    tool.function?.name ?? tool.name ?? '',
  ])
}
