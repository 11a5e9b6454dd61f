import { applyTheme, storedTheme } from './theme-choice.ts'

// Before the first paint, so that a chosen theme does not flash into being.
applyTheme(storedTheme())
