import { Elysia } from 'elysia'
import { loadAssets } from './console/assets.ts'
import { consoleRoutes } from './console/routes.ts'
import { allowedMethodsOf } from './http/allowed-methods.ts'
import { docsRoutes } from './http/docs.ts'
import { errorHandler, type ErrorHandlerDeps } from './http/error-handler.ts'
import { HotRoutes } from './http/hot-routes.ts'
import { mount } from './http/mount.ts'
import { loadNotices } from './notices/notices.ts'
import { mountRoutes, type RouteDeps } from './routes.ts'

/** What stands behind the front door. */
export interface App {
  handle: (request: Request) => Response | Promise<Response>
  /** Those of its routes that are found and called without it. */
  hotRoutes: HotRoutes
}

/** Until the routes are known. */
const noMethods = (_path: string): string[] => []

/** Mounts everything, the error handler first, for it covers only what comes after it. No logic. */
export function buildApp(deps: RouteDeps & Pick<ErrorHandlerDeps, 'log' | 'soundness'>): App {
  let allowedMethods = noMethods
  // Without `normalize: false` Elysia drops unknown body fields silently instead of refusing them.
  const app = new Elysia({ name: 'ares', normalize: false }).use(
    errorHandler({ ...deps, allowedMethods: (path) => allowedMethods(path) }),
  )
  const describe = () => mountRoutes(new Elysia({ name: 'routes' }), deps)
  mount(app, '', [docsRoutes(describe, deps.version), consoleRoutes(loadAssets, loadNotices)])
  mountRoutes(app, deps)
  allowedMethods = allowedMethodsOf(app.routes)
  return { handle: (request) => app.fetch(request), hotRoutes: new HotRoutes(app.routes) }
}
