/** A request of at most 1 MiB that may cost more to look at than to send. */
export interface Staller {
  what: string
  method: 'GET' | 'POST' | 'PUT'
  path: string
  /** Which credential opens the path; null for none at all. */
  as: 'tenant' | 'admin' | null
  body?: string
  headers?: Record<string, string>
}

const LARGEST = 1_048_576

/** Head, as many repetitions as fit into 1 MiB, tail. */
function filled(head: string, item: string, tail: string): string {
  const room = LARGEST - Buffer.byteLength(head) - Buffer.byteLength(tail)
  return head + item.repeat(Math.floor(room / Buffer.byteLength(item))) + tail
}

/** The same with different keys, and as many of them as are allowed. */
function numbered(
  head: string,
  item: (index: number) => string,
  tail: string,
  most = Infinity,
): string {
  const items: string[] = []
  let room = LARGEST - head.length - tail.length
  for (let index = 0; index < most; index++) {
    const next = item(index)
    room -= next.length
    if (room < 0) break
    items.push(next)
  }
  return head + items.join('') + tail
}

/** Just within the limit of items in a body. */
const MOST = 49_990

const RUN = '/v1/agents/assistant/run'
const INPUT = '{"input":{"message":"'
const CONTEXT = '{"input":{"message":"x","context":'

function run(what: string, body: string): Staller {
  return { what, method: 'POST', path: RUN, as: 'tenant', body }
}

function chat(what: string, body: string): Staller {
  return { what, method: 'POST', path: '/v1/chat', as: 'tenant', body }
}

function key(what: string, body: string): Staller {
  return { what, method: 'POST', path: '/v1/api-keys', as: 'tenant', body }
}

function agent(what: string, body: string): Staller {
  return { what, method: 'POST', path: '/api/admin/tenants/{id}/agents', as: 'admin', body }
}

function message(model: string, item: string): string {
  return filled(`{"model":"${model}","messages":[{"role":"user","content":"`, item, '"}]}')
}

const DEPTH: Staller[] = [
  run('half a million lists, one in the other', filled('', '[', '')),
  run('objects in objects', filled('', '{"a":', '')),
  run(
    '64 levels, again and again',
    filled(`${CONTEXT}{"a":[`, `${'['.repeat(59)}${']'.repeat(59)},`, '0]}}}'),
  ),
  key('a label of nested lists', `{"name":${'['.repeat(400_000)}${']'.repeat(400_000)}}`),
  { ...run('nested lists of a stranger', filled('', '[', '')), as: null },
]

const WIDTH: Staller[] = [
  run(
    'a context of many keys',
    numbered(`${CONTEXT}{`, (n) => `"k${n}":0,`, '"z":0}}}'),
  ),
  run('a context with one key again and again', filled(`${CONTEXT}{`, '"k":0,', '"z":0}}}')),
  run(
    'a context of numeric keys',
    numbered(`${CONTEXT}{`, (n) => `"${n}":0,`, '"z":0}}}'),
  ),
  run(
    'a context of far numeric keys',
    numbered(`${CONTEXT}{`, (n) => `"${n * 40_009}":0,`, '"z":0}}}'),
  ),
  run('a context with half a million numbers', filled(`${CONTEXT}{"a":[`, '1,', '1]}}}')),
  run('a context with a quarter of a million lists', filled(`${CONTEXT}{"a":[`, '[],', '1]}}}')),
  run(
    'many unknown fields',
    numbered('{', (n) => `"u${n}":0,`, '"input":{"message":"x"}}'),
  ),
  run('half a million numbers for the message', filled('{"input":{"message":[', '1,', '1]}}')),
  chat('half a million numbers for messages', filled('{"model":"m","messages":[', '1,', '1]}')),
  chat(
    'very many messages',
    filled(
      '{"model":"m","messages":[',
      '{"role":"user","content":"x"},',
      '{"role":"user","content":"x"}]}',
    ),
  ),
  chat(
    'a thousand messages of a kilobyte',
    `{"model":"m","messages":[${Array<string>(1000)
      .fill(`{"role":"user","content":"${'x'.repeat(1000)}"}`)
      .join(',')}]}`,
  ),
  chat(
    'a thousand system messages',
    `{"model":"m","messages":[${'{"role":"system","content":"x"},'.repeat(999)}{"role":"user","content":"x"}]}`,
  ),
  agent(
    'very many tools',
    filled(
      '{"name":"a","agent_type":"a","config":{"model":"m","tools":[',
      '"calculator",',
      '"x"]}}',
    ),
  ),
  agent(
    'metadata of many keys',
    numbered(
      '{"name":"A","agent_type":"a","config":{"model":"m","metadata":{',
      (n) => `"k${n}":0,`,
      '"z":0}}}',
    ),
  ),
]

/** What passes the limit of items and has as much to look at as it can. */
const FULL: Staller[] = [
  run(
    'as many keys as may be',
    numbered(`${CONTEXT}{`, (n) => `"k${n}":0,`, '"z":0}}}', MOST),
  ),
  run(
    'as many numeric keys',
    numbered(`${CONTEXT}{`, (n) => `"${n}":0,`, '"z":0}}}', MOST),
  ),
  run(
    'as many far numeric keys',
    numbered(`${CONTEXT}{`, (n) => `"${n * 40_009}":0,`, '"z":0}}}', MOST),
  ),
  run(
    'as many objects of one key',
    numbered(`${CONTEXT}{"a":[`, (n) => `{"k${n}":0},`, '0]}}}', MOST / 2),
  ),
  run(
    'as many numbers of 17 digits',
    numbered(`${CONTEXT}{"a":[`, () => '0.12345678901234567,', '0]}}}', MOST),
  ),
  run(
    'as many unknown fields',
    numbered('{', (n) => `"u${n}":0,`, '"input":{"message":"x"}}', MOST),
  ),
  run(
    'as many unknown numeric fields',
    numbered('{', (n) => `"${n * 40_009}":0,`, '"input":{"message":"x"}}', MOST),
  ),
  chat(
    'as many messages',
    numbered('{"model":"m","messages":[', () => '{"role":"user","content":"x"},', '0]}', MOST / 3),
  ),
  agent(
    'as many metadata beside a wrong name',
    numbered(
      '{"name":"A","agent_type":"a","config":{"model":"m","metadata":{',
      (n) => `"${n * 40_009}":0,`,
      '"z":0}}}',
      MOST,
    ),
  ),
]

const STRINGS: Staller[] = [
  run('a long message', filled(INPUT, 'x', '"}}')),
  run('a long message of blanks', filled(INPUT, ' ', '"}}')),
  run('a long message of escaped quotes', filled(INPUT, String.raw`\"`, '"}}')),
  run('a long message of escaped letters', filled(INPUT, String.raw`\u0061`, '"}}')),
  run('a long message of control characters', filled(INPUT, String.raw`\u0000`, '"}}')),
  run('a long message of halves of characters', filled(INPUT, String.raw`\ud800`, '"}}')),
  run('a long message of emoji', filled(INPUT, '😀', '"}}')),
  run('a long message of words', filled(INPUT, 'the quick brown fox ', '"}}')),
  run('a string that never ends', filled('{"input":{"message":"', String.raw`\\`, '')),
  run('blanks around nothing', filled('', ' ', '')),
  run('a fence that never closes', filled(INPUT, '```', '"}}')),
]

const NUMBERS: Staller[] = [
  run('one number of a million digits', filled(`${CONTEXT}{"n":`, '9', '}}}')),
  run('one fraction of a million digits', filled(`${CONTEXT}{"n":0.`, '1', '}}}')),
  run('a million digits after zeros', filled(`${CONTEXT}{"n":0.`, '0', '1}}}')),
  run('many numbers with exponents', filled(`${CONTEXT}{"a":[`, '1e1,', '1]}}}')),
  run('many numbers of 17 digits', filled(`${CONTEXT}{"a":[`, '0.12345678901234567,', '1]}}}')),
  run('numbers that are none', filled(`${CONTEXT}{"a":[`, '-+.e', ']}}}')),
]

/** Against every pattern that a name, label, model id or message is held to. */
const PATTERNS: Staller[] = [
  agent(
    'an agent name of many parts',
    filled('{"name":"', 'a-', '!","agent_type":"a","config":{"model":"m"}}'),
  ),
  agent(
    'an agent name of letters',
    filled('{"name":"', 'a', '!","agent_type":"a","config":{"model":"m"}}'),
  ),
  agent(
    'an agent type of many parts',
    filled('{"name":"a","agent_type":"', 'a-', '!","config":{"model":"m"}}'),
  ),
  agent('a long model id', filled('{"name":"a","agent_type":"a","config":{"model":"', 'm', '"}}')),
  agent(
    'a long tool name',
    filled('{"name":"a","agent_type":"a","config":{"model":"m","tools":["', 'a-', '"]}}'),
  ),
  key('a long label', filled('{"name":"', 'a ', '"}')),
  key('a label of control characters', filled('{"name":"', String.raw`\u0001`, '"}')),
  chat('demo: parentheses', message('d', '(')),
  chat('demo: signs and digits', message('d', '-1-')),
  chat('demo: forms in forms', message('d', String.raw`{\"a\": `)),
  chat('demo: a form of many fields', message('d', String.raw`{\"a\": \"b|c\", `)),
  chat('demo: blanks', message('d', ' ')),
  chat('demo: lines', message('d', String.raw`\n`)),
  chat('demo: “json” again and again', message('d', 'json ')),
  chat('uncounted: words', message('u', 'the quick brown fox ')),
  chat('uncounted: one word', message('u', 'x')),
  chat(
    'uncounted: 190 kB of words',
    `{"model":"u","messages":[{"role":"user","content":"${'the quick brown fox '.repeat(9500)}"}]}`,
  ),
  chat(
    'uncounted: 190 kB of rare letters',
    `{"model":"u","messages":[{"role":"user","content":"${'ẃ ḱ ṕ '.repeat(15_000)}"}]}`,
  ),
]

const HEADS: Staller[] = [
  { what: 'a long path', method: 'GET', path: `/v1/agents/${'a-'.repeat(6000)}`, as: 'tenant' },
  { what: 'a path of slashes', method: 'GET', path: '/'.repeat(12_000), as: null },
  {
    what: 'a long query',
    method: 'GET',
    path: `/v1/agents?${'page=1&'.repeat(1700)}`,
    as: 'tenant',
  },
  {
    what: 'a long key',
    method: 'GET',
    path: '/v1/agents',
    as: null,
    headers: { authorization: `Bearer ${'ares_'.repeat(2000)}` },
  },
  {
    what: 'a long admin secret',
    method: 'GET',
    path: '/api/admin/stats',
    as: null,
    headers: { 'x-admin-secret': 'x'.repeat(12_000) },
  },
  {
    what: 'many forwarded addresses',
    method: 'GET',
    path: '/health',
    as: null,
    headers: { 'x-forwarded-for': '127.0.0.1,'.repeat(1200) },
  },
  {
    ...run('a content type of blanks', '{}'),
    headers: { 'content-type': `application/json${' '.repeat(10_000)}x` },
  },
]

export const STALLERS: Staller[] = [
  ...DEPTH,
  ...WIDTH,
  ...FULL,
  ...STRINGS,
  ...NUMBERS,
  ...PATTERNS,
  ...HEADS,
]
