import type { AnyElysia } from 'elysia'

/**
 * Adds the routes of features to an app, under a prefix. Each route brings its feature's hooks along.
 *
 * Elysia's own `group` and `use` add a route anew at each level they stand in, with its hooks merged and its path parsed
 * each time, and all of it before the port listens.
 */
export function mount(app: AnyElysia, prefix: string, features: AnyElysia[]): void {
  for (const feature of features) {
    for (const { method, path, handler, hooks } of feature.routes) {
      // Its context has what its own feature gave it, which no type can know any more.
      app.route(method, `${prefix}${path}`, handler as never, hooks)
    }
  }
}
