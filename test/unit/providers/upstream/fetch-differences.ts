import type { Outcome } from './test-call.ts'

/** Where `fetch` makes something else of the cases than our own client does, and why that is left to it. */
interface Difference {
  because: string
  /** `waits` is ended by a deadline of the call. */
  outcome: Outcome | 'waits'
  cases: string[]
}

const HELLO: Outcome = { status: 200, body: 'hello' }

const DIFFERENCES: Difference[] = [
  {
    because: 'it reads over faults of a head that do not change where the body ends',
    outcome: HELLO,
    cases: [
      'HTTP/1.2',
      'two spaces before the status',
      'a lone line feed between fields',
      'lone line feeds all through',
    ],
  },
  {
    because: 'it knows no limit on lines and heads, and ours are above what servers send',
    outcome: HELLO,
    cases: [
      'seventeen 1xx',
      'a line of a megabyte',
      'a head of a megabyte',
      'a reason of a megabyte',
      'a chunk extension of a megabyte',
      'trailers of a megabyte',
    ],
  },
  {
    because: 'it takes any number for a status',
    outcome: { status: 99, body: 'hello' },
    cases: ['status 099'],
  },
  {
    because: 'it takes any number for a status',
    outcome: { status: 600, body: 'hello' },
    cases: ['status 600'],
  },
  {
    because: 'it leaves codings out that it does not know, and hands out what they hold',
    outcome: HELLO,
    cases: [
      'packed chunks',
      'a coding that is none',
      'a coding that is nothing',
      'chunks in HTTP/1.0',
      'an unknown packing',
      'two packings',
    ],
  },
  {
    because: 'it does not look into extensions and trailers',
    outcome: HELLO,
    cases: [
      'NUL in a chunk extension',
      'bytes where trailers begin',
      'a lone line feed in trailers',
    ],
  },
  {
    because: 'it is stricter: the standard allows the same length twice in a line',
    outcome: { fault: 'unreadable' },
    cases: ['the same length twice in a line'],
  },
  {
    because: 'it is stricter: a blank behind a chunk size is common with old servers',
    outcome: { fault: 'unreadable' },
    cases: ['a blank behind a chunk size'],
  },
  {
    because: 'it takes the last chunk for the end, however the connection ends behind it',
    outcome: HELLO,
    cases: ['a reset in the trailers'],
  },
  {
    because: 'it waits for more, as long as the deadlines of the call allow',
    outcome: 'waits',
    cases: [
      'TLS where none was asked for',
      'ten thousand 1xx',
      'a head that never ends',
      'a chunk size of nine digits',
      'a trailer line of a megabyte',
    ],
  },
]

/** What `fetch` makes of that case; undefined where both clients agree. */
export function fetchDifference(name: string): Difference['outcome'] | undefined {
  return DIFFERENCES.find(({ cases }) => cases.includes(name))?.outcome
}

/** The names of all cases with a difference. */
export const DIFFERENT = DIFFERENCES.flatMap(({ cases }) => cases)
