import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { signal } from '@preact/signals'
import { place } from '../router.ts'

/** One step of the way to a page; the page itself has no address. */
export interface Crumb {
  label: string
  href?: string
}

/** What the top bar shows. */
export const crumbs = signal<Crumb[]>([])

let shownPath: string | undefined

/** A page: its title, the way to it, what can be done with the whole of it. Reaching it moves the focus to its heading. */
export function Page(props: {
  title: string
  trail?: Crumb[]
  badges?: ComponentChildren
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  const { title, trail = [], badges, actions, children } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const { path } = place.value
  useEffect(() => {
    document.title = `${title} · ARES`
    crumbs.value = [...trail, { label: title }]
  }, [title, JSON.stringify(trail)])
  useEffect(() => {
    if (shownPath !== undefined && shownPath !== path)
      heading.current?.focus({ preventScroll: true })
    shownPath = path
  }, [path])
  return (
    <div class="stack">
      <div class="page-head">
        <div class="row">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {badges}
        </div>
        {actions && <div class="row">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

/** A part of a page with a heading of its own. */
export function Card(props: {
  title: string
  actions?: ComponentChildren
  /** Inner space; without it a table reaches the edges. */
  padded?: boolean
  children: ComponentChildren
}) {
  const { title, actions, padded = false, children } = props
  return (
    <section class="card">
      <header>
        <h2>{title}</h2>
        {actions && <div class="row">{actions}</div>}
      </header>
      {padded ? <div class="body">{children}</div> : children}
    </section>
  )
}
