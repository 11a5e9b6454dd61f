/** A route as the framework lists it: `/v1/agents/:name`. */
export interface ListedRoute {
  method: string
  path: string
}

/** Answers which methods some route has for a path; GET brings HEAD along. Built once, asked only for refusals. */
export function allowedMethodsOf(routes: ListedRoute[]): (path: string) => string[] {
  const patterns = routes.map(({ method, path }) => ({ method, pattern: patternOf(path) }))
  return (path) => {
    const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    if (methods.includes('GET')) methods.push('HEAD')
    return [...new Set(methods)].toSorted()
  }
}

function patternOf(path: string): RegExp {
  const pattern = path
    .replace(/(?<=.)\/$/, '')
    .replaceAll('.', '\\.')
    .replaceAll('*', '.+')
  return new RegExp(`^${pattern.replace(/:[^/]+/g, '[^/]+')}$`)
}
