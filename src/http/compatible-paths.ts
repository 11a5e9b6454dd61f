/*
 * Which paths are a tenant's, and which of them answer the clients of other APIs. Whatever depends on it asks here:
 * credentials, sizes, rates, and how errors read.
 */

/** Whose clients a compatible route answers. */
export type ClientFamily = 'openai' | 'anthropic' | 'google'

interface CompatiblePath {
  prefix: string
  family: ClientFamily
  /** Conversations with images and documents come here: `server.max_compatible_body_bytes`. */
  hasLargeBodies: boolean
}

const COMPATIBLE: CompatiblePath[] = [
  { prefix: '/v1/chat/completions', family: 'openai', hasLargeBodies: true },
  { prefix: '/v1/responses', family: 'openai', hasLargeBodies: true },
  { prefix: '/v1/completions', family: 'openai', hasLargeBodies: true },
  { prefix: '/v1/embeddings', family: 'openai', hasLargeBodies: true },
  { prefix: '/v1/models', family: 'openai', hasLargeBodies: false },
  { prefix: '/v1/messages', family: 'anthropic', hasLargeBodies: true },
  { prefix: '/v1beta', family: 'google', hasLargeBodies: true },
]

/** The compatible routes once more, at the address that some clients add to an origin by themselves. */
const ALIAS = '/openai/v1'

/** Where tenants ask with their keys; all of it counts, is limited and is refused alike. */
const TENANT_PREFIXES = ['/v1', '/v1beta', ALIAS]

/** What the specified API has under /v1, and what comes with it. */
const OWN = ['agents', 'api-keys', 'chat', 'me', 'runs', 'usage'].map((noun) => `/v1/${noun}`)

/** What OpenAI's API has besides, and we have not. */
const FOREIGN = [
  'assistants',
  'audio',
  'batches',
  'containers',
  'conversations',
  'evals',
  'files',
  'fine_tuning',
  'images',
  'moderations',
  'realtime',
  'threads',
  'uploads',
  'vector_stores',
  'videos',
].map((noun) => `/v1/${noun}`)

/** Whether a path is the prefix, or lies under it. */
export function isUnder(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/')
}

/** Whether a tenant's key is asked for there. */
export function isTenantPath(path: string): boolean {
  return TENANT_PREFIXES.some((prefix) => isUnder(path, prefix))
}

let last: { path: string; found: CompatiblePath | undefined } = { path: '', found: undefined }

/** Of a path without query and trailing slash. For a request it is asked several times in a row. */
function compatiblePath(path: string): CompatiblePath | undefined {
  if (path !== last.path) {
    last = { path, found: COMPATIBLE.find(({ prefix }) => isUnder(path, prefix)) }
  }
  return last.found
}

/** Whose clients ask there; undefined outside of the compatible routes. */
export function familyOfPath(path: string): ClientFamily | undefined {
  return compatiblePath(path)?.family
}

/** Whether bodies there may be as large as `server.max_compatible_body_bytes`. */
export function hasLargeBodies(path: string): boolean {
  return compatiblePath(path)?.hasLargeBodies === true
}

/** Where Google's clients ask of a model; what is to be done stands behind its name. */
const GOOGLE_MODELS = '/v1beta/models'

/** A model, and what Google's clients want of it: `/v1beta/models/gemini-2.5-flash:generateContent`; newer ones say `/v1`. */
const MODEL =
  /^(\/v1(?:beta)?\/models)\/(.+?)(?::(generateContent|streamGenerateContent|countTokens|embedContent|batchEmbedContents))?$/

/** The path that is routed for it: an alias stands for another, a model is one part, and what Google's clients want of it the next. */
export function routedPath(path: string): string {
  const meant = withoutAlias(path)
  const [, models, name, method] = MODEL.exec(meant) ?? []
  if (models === undefined || name === undefined) return meant
  // The ids of some models have a slash, which clients may leave as it is.
  const part = name.replaceAll('/', '%2F')
  return method === undefined ? `${models}/${part}` : `${GOOGLE_MODELS}/${part}/${method}`
}

/** The path that is asked for where that one is routed. */
export function askedPath(routed: string): string {
  const [, model, method] = /^(\/v1beta\/models\/[^/]+)\/(\w+)$/.exec(routed) ?? []
  return method === undefined ? routed : `${model}:${method}`
}

/** The path that an alias stands for: `/openai/v1/models` is `/v1/models`. Other paths, and unknown ones there, as they are. */
function withoutAlias(path: string): string {
  if (!isUnder(path, ALIAS)) return path
  const meant = `/v1${path.slice(ALIAS.length)}`
  return compatiblePath(meant) ? meant : path
}

/** Whether a path belongs to the specified API, where keys and errors are as specified whoever asks. */
export function isOwnPath(path: string): boolean {
  return !compatiblePath(path) && OWN.some((prefix) => isUnder(path, prefix))
}

/** Whether only clients of OpenAI's API would look for something there. */
export function isForeignPath(path: string): boolean {
  return isUnder(path, ALIAS) || FOREIGN.some((prefix) => isUnder(path, prefix))
}
