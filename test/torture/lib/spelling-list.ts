import type { RawRequest } from './raw-request.ts'

/** A route that asks for a credential, with the parts of its path filled in. */
export interface GuardedRoute {
  method: string
  /** Of things that exist, so that whoever gets past the door gets something. */
  path: string
  /** Its credential: a header line. */
  rightKind: string
  /** The other kind of credential, which opens nothing here: a header line. */
  wrongKind: string
  /** The right value where it does not belong. */
  misplaced: string
}

/** One hostile way to ask for a route without its credential. */
export interface Spelling {
  what: string
  ask: (route: GuardedRoute) => RawRequest
}

const HOST = 'Host: localhost'

const PATHS: ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => `/${path}`,
  (path) => `//${path}`,
  (path) => path.replaceAll('/', '//'),
  (path) => path.replaceAll('/', '/./'),
  (path) => `/x/..${path}`,
  (path) => `/health/..${path}`,
  (path) => `/swagger/..${path}`,
  (path) => `/%2e%2e${path}`,
  (path) => `/x/%2e%2e${path}`,
  (path) => `${path}/../${path.split('/').at(-1)}`,
  (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(/[a-z]/, (letter) => `%25${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replaceAll('/', '%2f'),
  (path) => `/${path.slice(1).replaceAll('/', '%2F')}`,
  (path) => path.replaceAll('/', '\\'),
  (path) => path.toUpperCase(),
  (path) => path.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  (path) => `${path};x=1`,
  (path) => `/health;${path}`,
  (path) => `${path}#/health`,
  (path) => `${path}?path=/health`,
  (path) => `${path}%00`,
  (path) => `${path}%20`,
  (path) => `${path}\t`,
  (path) => `${path}.json`,
  (path) => `/health${path}`,
  (path) => `/swagger${path}`,
  (path) => `/%ff${path}`,
  (path) => `${path}/%c0%af`,
  (path) => `*${path}`,
  (path) => path.slice(1),
  (path) => `http://localhost${path}`,
  (path) => `http://health${path}`,
  (path) => `http://localhost/..${path}`,
  (path) => `http://user:word@localhost${path}`,
  (path) => `//localhost${path}`,
]

const HOSTS: string[][] = [
  [],
  ['Host:'],
  ['Host: a'],
  ['Host: a/b'],
  ['Host: localhost/health?'],
  ['Host: localhost/health#'],
  ['Host: health'],
  ['Host: user@localhost'],
  ['Host: a b'],
  ['Host: [::1]'],
  ['Host: localhost:99999'],
  ['Host: localhost\\'],
  [`Host: ${'x'.repeat(5000)}`],
  [HOST, 'Host: a'],
  [HOST, 'X-Forwarded-Host: a/b'],
  [HOST, 'X-Original-URL: /health'],
  [HOST, 'X-Rewrite-URL: /health'],
]

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'get', 'X']

const HEADERS: string[][] = [
  ['X-HTTP-Method-Override: GET'],
  ['Origin: http://localhost', 'Access-Control-Request-Method: GET'],
  ['Authorization:'],
  ['Authorization: Bearer'],
  ['Authorization: Bearer null'],
  ['X-Admin-Secret:'],
  ['X-Admin-Secret: undefined'],
  ['X-Admin-Secret: true', 'Authorization: Bearer true'],
  ['X-Forwarded-For: 127.0.0.1', 'X-Real-IP: 127.0.0.1'],
]

const MISPLACED: ((secret: string) => string[])[] = [
  (secret) => [`Cookie: authorization=Bearer ${secret}; x-admin-secret=${secret}`],
  (secret) => [`X-Api-Key: ${secret}`],
  (secret) => [`Authorization: Basic ${Buffer.from(`admin:${secret}`).toString('base64')}`],
  (secret) => [`Authorization: ${secret}`],
  (secret) => [`Proxy-Authorization: Bearer ${secret}`],
  (secret) => [`X-Admin-Secret: ${secret}, ${secret}`],
  (secret) => [`X-Admin-Secret: ${secret}`, `X-Admin-Secret: ${secret}`],
  (secret) => [`Authorization: Bearer ${secret}, Bearer ${secret}`],
  (secret) => [`Authorization: Bearer ${secret}`, `Authorization: Bearer ${secret}`],
  (secret) => [`X-Admin-Secret : ${secret}`],
  (secret) => ['X-Admin-Secret: x', ` ${secret}`],
]

/** Every hostile spelling: of the path, of the host, of the method, and of a credential. */
export const SPELLINGS: Spelling[] = [
  ...PATHS.flatMap((spell) => ['1.1', '1.0'].map((version) => asPath(spell, version))),
  ...HOSTS.flatMap((headers) => ['1.1', '1.0'].map((version) => asHost(headers, version))),
  ...METHODS.map((method) => asking(`method ${method}`, (route) => ({ ...route, method }))),
  ...HEADERS.map((headers) => withHeaders(headers.join(' + '), () => headers)),
  withHeaders('the other kind of credential', ({ wrongKind }) => [wrongKind]),
  ...MISPLACED.map((place) =>
    withHeaders(place('SECRET').join(' + '), ({ misplaced }) => place(misplaced)),
  ),
  asking('the secret in the query', ({ method, path, misplaced }) => ({
    method,
    target: `${path}?x-admin-secret=${misplaced}&authorization=Bearer%20${misplaced}&api_key=${misplaced}`,
  })),
  asking('the secret in a trailer', ({ method, path, misplaced }) => ({
    method,
    target: path,
    headers: [HOST, 'Transfer-Encoding: chunked', 'Trailer: X-Admin-Secret, Authorization'],
    body: `0\r\nX-Admin-Secret: ${misplaced}\r\nAuthorization: Bearer ${misplaced}\r\n\r\n`,
  })),
]

function asPath(spell: (path: string) => string, version: string): Spelling {
  return asking(`path ${spell('/a/b')} of HTTP/${version}`, ({ method, path }) => ({
    method,
    target: spell(path),
    version,
  }))
}

function asHost(headers: string[], version: string): Spelling {
  const what = headers.join(' + ').slice(0, 60) || 'no Host'
  return asking(`${what} of HTTP/${version}`, ({ method, path }) => ({
    method,
    target: path,
    headers,
    version,
  }))
}

function withHeaders(what: string, headersFor: (route: GuardedRoute) => string[]): Spelling {
  return asking(what, (route) => ({
    method: route.method,
    target: route.path,
    headers: [HOST, ...headersFor(route)],
  }))
}

type Asked = Pick<RawRequest, 'method'> & Partial<RawRequest>

/** Whatever a spelling leaves open is as it should be. */
function asking(what: string, ask: (route: GuardedRoute) => Asked): Spelling {
  return { what, ask: (route) => ({ target: route.path, headers: [HOST], ...ask(route) }) }
}
