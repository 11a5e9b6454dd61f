/** Everything that a sentence may repeat of a path. */
const PLAIN = /^\/[a-z0-9/_.:-]{1,120}$/i

/**
 * The path that was probably meant by one that nobody has: with `/v1` or `/api` where that is missing, once where it stands
 * twice, without what belongs before it.
 *
 * @param exists whether some route has a path
 */
export function nearPath(path: string, exists: (path: string) => boolean): string | null {
  // A key that was pasted into a path is not sent back.
  if (!PLAIN.test(path) || /ares_/i.test(path)) return null
  const once = path.replace(/^(?:\/api)?(?:\/v1)+(?=\/|$)/, '/v1')
  const bare = path.replace(/^(?:\/(?:api|v1|v1beta|openai))+(?=\/)/, '')
  const candidates = [once, bare, `/v1${bare}`, `/api${bare}`, `/api/admin${bare}`]
  return candidates.find((candidate) => candidate !== path && exists(candidate)) ?? null
}
