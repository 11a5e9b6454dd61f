import { render } from 'preact'
import { App } from './app.tsx'
import { startRouter } from './router.ts'
import { loadShell } from './shell/load-shell.ts'

startRouter()
render(<App />, document.getElementById('app')!)
// Once the door is drawn, while somebody types; whoever signs in hears of a failure.
requestAnimationFrame(() => setTimeout(() => void loadShell().catch(() => undefined)))
