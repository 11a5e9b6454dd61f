import { type AnyElysia, Elysia } from 'elysia'
import { found } from '../errors.ts'
import { documented } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import type { Catalog } from '../providers/catalog.ts'
import { Overview, type OverviewDeps, overviewReader } from './overview.ts'
import { Settings } from './settings-schema.ts'
import { type SettingsDeps, settingsReader } from './settings.ts'
import { createTestModel, ModelTest, type TestModelDeps } from './test-model.ts'

export interface OperatorDeps extends OverviewDeps, SettingsDeps, TestModelDeps {
  config: SettingsDeps['config']
  catalog: Catalog
}

const tags: [string] = ['Platform']

/** What operators look at first: how the platform does, how it is set up, whether its models answer. */
export function operatorRoutes(deps: OperatorDeps): AnyElysia {
  const overview = overviewReader(deps)
  const settings = settingsReader(deps)
  const testModel = createTestModel(deps)
  return new Elysia({ name: 'operator-view' })
    .use(adminGuard)
    .get(
      '/overview',
      () => overview(),
      documented({
        summary: 'The platform at a glance',
        tags,
        replies: { 200: Overview },
        failures: [401],
      }),
    )
    .get(
      '/settings',
      () => settings(),
      documented({
        summary: 'Version, database, tools and effective configuration',
        description:
          'Of secrets, addresses and paths only whether they are `set` or `missing`. Nothing is changed here: the file is.',
        tags,
        replies: { 200: Settings },
        failures: [401],
      }),
    )
    .post(
      '/models/:id/test',
      ({ params, request, admission }) => {
        const entry = found(deps.catalog.find(params.id), 'model')
        // Without a body, nothing else has lifted the idle time-out.
        admission.connection.holdOpen()
        return testModel(entry, request.signal)
      },
      documented({
        summary: 'Test a model',
        description:
          'A real call of a few tokens, charged to no tenant; takes no body. Answers 200 also when the call failed: then `ok` is false and `error` says why. At most 3 at once and 20 a minute. A `/` in the id is written `%2F`.',
        tags,
        replies: { 200: ModelTest },
        failures: [401, 404, 429, 503],
      }),
    )
}
