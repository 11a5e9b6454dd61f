/** 204: done, and nothing to say. */
export function noContent(): Response {
  return new Response(null, { status: 204 })
}
