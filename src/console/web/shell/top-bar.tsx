import { signal } from '@preact/signals'
import type { RefObject } from 'preact'
import { Icon } from '../parts/icons.tsx'
import { crumbs } from '../parts/page.tsx'
import { signOut } from '../session.ts'
import { applyTheme, storedTheme, storeTheme, type Theme } from '../theme-choice.ts'

const theme = signal<Theme>(storedTheme())
const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }
const THEME_NAMES: Record<Theme, string> = {
  system: 'as the system',
  light: 'light',
  dark: 'dark',
}

/** The next of the three themes. */
export function switchTheme(): void {
  theme.value = NEXT[theme.value]
  applyTheme(theme.value)
  storeTheme(theme.value)
}

/** Where the reader is, search, theme, and the way out. */
export function TopBar(props: {
  menuButton: RefObject<HTMLButtonElement | null>
  drawerOpen: boolean
  onMenu: () => void
  onSearch: () => void
}) {
  const { menuButton, drawerOpen, onMenu, onSearch } = props
  return (
    <header class="topbar">
      <button
        ref={menuButton}
        type="button"
        class="button plain icon menu"
        aria-expanded={drawerOpen}
        aria-controls="menu"
        onClick={onMenu}
      >
        <Icon name="menu" />
        <span class="hidden">Menu</span>
      </button>
      <nav aria-label="Breadcrumbs" class="crumbs">
        <ol class="crumbs">
          {crumbs.value.map(({ label, href }) => (
            <li key={label}>
              {href === undefined ? (
                <span aria-current="page">{label}</span>
              ) : (
                <a href={href}>{label}</a>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <button type="button" class="search" onClick={onSearch} aria-label="Search or jump to">
        <Icon name="search" />
        <span>Search or jump to…</span>
        <kbd>/</kbd>
      </button>
      <button
        type="button"
        class="button plain icon"
        title={`Theme: ${THEME_NAMES[theme.value]}`}
        onClick={switchTheme}
      >
        <Icon name="theme" />
        <span class="hidden">Theme: {THEME_NAMES[theme.value]}</span>
      </button>
      <button type="button" class="button plain icon" title="Sign out" onClick={() => signOut()}>
        <Icon name="leave" />
        <span class="hidden">Sign out</span>
      </button>
    </header>
  )
}
