import { useEffect, useRef, useState } from 'preact/hooks'
import { Empty } from '../parts/status.tsx'
import { Page } from '../parts/page.tsx'
import { link, matchRoute, place } from '../router.ts'
import type { Session } from '../session.ts'
import { navigationOf } from './navigation.ts'
import { Palette } from './palette.tsx'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'

/** The frame around every page: menu, top bar, command palette. */
export function Shell({ session }: { session: Session }) {
  const [drawer, setDrawer] = useState(false)
  const [palette, setPalette] = useState(false)
  const menuButton = useRef<HTMLButtonElement>(null)
  const { path } = place.value
  const { menu, routes } = navigationOf(session)
  const closeDrawer = () => {
    setDrawer(false)
    menuButton.current?.focus()
  }
  useEffect(() => setDrawer(false), [path])
  useShortcuts({
    search: () => setPalette(true),
    escape: () => {
      if (drawer) closeDrawer()
    },
  })
  const match = matchRoute(routes, path)
  return (
    <div class={drawer ? 'shell open' : 'shell'}>
      <a class="skip" href="#main" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </a>
      <Sidebar menu={menu} session={session} open={drawer} />
      <button
        type="button"
        class="veil"
        tabIndex={-1}
        aria-label="Close the menu"
        onClick={closeDrawer}
      />
      <div>
        <TopBar
          menuButton={menuButton}
          drawerOpen={drawer}
          onMenu={() => setDrawer(true)}
          onSearch={() => setPalette(true)}
        />
        <main id="main" tabIndex={-1}>
          {match ? (
            <match.route.page key={path} params={match.params} />
          ) : (
            <NothingHere session={session} />
          )}
        </main>
      </div>
      {palette && <Palette session={session} menu={menu} onClose={() => setPalette(false)} />}
    </div>
  )
}

function NothingHere({ session }: { session: Session }) {
  return (
    <Page title="Nothing here">
      <Empty title="There is no page at this address.">
        {session.kind === 'tenant' && 'Or this API key does not open it.'}
        <a class="button" href={link('/')}>
          Go to the start
        </a>
      </Empty>
    </Page>
  )
}

/** `/` and Ctrl-K or ⌘-K search; neither while something is being typed or a dialog is open. */
function useShortcuts({ search, escape }: { search: () => void; escape: () => void }): void {
  const latest = useRef({ search, escape })
  latest.current = { search, escape }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return
      const combined = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      const slash = event.key === '/' && !isTyping(event.target)
      if (combined || slash) {
        event.preventDefault()
        latest.current.search()
      }
      if (event.key === 'Escape') latest.current.escape()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select')
}
