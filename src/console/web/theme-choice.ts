/** What the reader chose; `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark'

const STORED_AS = 'ares-theme'

/** The choice of an earlier visit. It is all that the console ever stores. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORED_AS)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

export function storeTheme(theme: Theme): void {
  try {
    localStorage.setItem(STORED_AS, theme)
  } catch {
    // A browser that forbids storage forgets the choice with the page.
  }
}

/** The styles read it from the root element. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
