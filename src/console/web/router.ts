import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { type Query, searchOf } from './api/client.ts'
import { mayLeave } from './leave-guard.ts'

/** Everything of the console lies under this. */
export const BASE = '/console'

/** Where the reader is: the path below the base, and the query. */
export const place = signal(currentPlace())

function currentPlace() {
  const path = location.pathname.slice(BASE.length).replace(/\/+$/, '')
  return { path: path === '' ? '/' : path, query: new URLSearchParams(location.search) }
}

/** An address of the console: `link('/runs', { status: 'failed' })`. */
export function link(path: string, query: Query = {}): string {
  const search = searchOf(query)
  return `${BASE}${path === '/' ? '' : path}${search === '' ? '' : `?${search}`}`
}

/** Goes to an address made by `link`. */
export function navigate(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  const before = place.value.path
  place.value = currentPlace()
  if (!replace && place.value.path !== before) scrollTo(0, 0)
}

/** The address here with parts of the query changed; empty values leave it. */
export function linkHere(changes: Query): string {
  const { path, query } = place.value
  return link(path, { ...Object.fromEntries(query), ...changes })
}

/** Changes parts of the query where the reader is, without a step of the history. */
export function setQuery(changes: Query): void {
  navigate(linkHere(changes), { replace: true })
}

/** Changes what a list is filtered by, which Back undoes; the list then begins again at its first page. */
export function setFilter(changes: Query): void {
  const address = linkHere({ ...changes, page: null, cursor: null })
  if (address !== location.pathname + location.search) navigate(address)
}

/** The same for what is being typed: all of it is one step of the history. */
export function setTypedFilter(changes: Query): void {
  const { query } = place.value
  const isBegun = Object.keys(changes).some((name) => (query.get(name) ?? '') !== '')
  if (isBegun) setQuery({ ...changes, page: null, cursor: null })
  else setFilter(changes)
}

/** Has links inside the console followed without loading the page again. */
export function startRouter(): void {
  let shown = location.href
  place.subscribe(() => {
    shown = location.href
  })
  addEventListener('popstate', () => {
    if (mayLeave()) place.value = currentPlace()
    else history.pushState(null, '', shown)
  })
  document.addEventListener('click', (event) => {
    const anchor = (event.target as Element).closest?.('a')
    if (!anchor || event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    if (anchor.target !== '' || anchor.hasAttribute('download')) return
    if (anchor.origin !== location.origin || !isInside(anchor.pathname)) return
    if (anchor.getAttribute('href')?.startsWith('#')) return
    event.preventDefault()
    if (mayLeave()) navigate(anchor.pathname + anchor.search)
  })
}

function isInside(path: string): boolean {
  return path === BASE || path.startsWith(`${BASE}/`)
}

/** What is shown at the paths of a pattern: `/tenants/:id`. */
export interface PageRoute {
  pattern: string
  page: ComponentType<{ params: Record<string, string> }>
}

/** The first route that takes the path, and its parameters. */
export function matchRoute(
  routes: readonly PageRoute[],
  path: string,
): { route: PageRoute; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const params = paramsOf(route.pattern, path)
    if (params) return { route, params }
  }
  return undefined
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const parts = path.split('/')
  if (wanted.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const given = decoded(parts[index]!)
    if (part.startsWith(':')) params[part.slice(1)] = given
    else if (part !== given) return undefined
  }
  return params
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
