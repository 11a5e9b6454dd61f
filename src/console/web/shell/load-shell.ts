import { ApiFailure } from '../api/failure.ts'
import type { Shell } from './shell.tsx'

let loaded: typeof Shell | undefined
let loading: Promise<void> | undefined

/** The shell with every page, once `loadShell` is through; undefined until then. */
export function shellIfLoaded(): typeof Shell | undefined {
  return loaded
}

/**
 * Loads what is shown behind the door, which the door itself does not wait for.
 *
 * @throws ApiFailure when the server has another version by now, or is away
 */
export function loadShell(): Promise<void> {
  loading ??= import('./shell.tsx').then(
    (module) => {
      loaded = module.Shell
    },
    () => {
      loading = undefined
      throw new ApiFailure('The console could not be loaded whole. Load this page again.')
    },
  )
  return loading
}
