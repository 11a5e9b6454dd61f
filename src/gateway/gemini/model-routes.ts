import { type AnyElysia, Elysia } from 'elysia'
import { tenantGuard } from '../../http/guards.ts'
import { getChoice, listChoices, type ModelDeps } from '../models/models.ts'
import { described } from './described.ts'
import { GeminiModel, GeminiModelList } from './gemini-schema.ts'
import { geminiModel, geminiModels } from './models.ts'

/** What may be said as the model, as Google's clients read it, mounted under /v1beta. */
export function geminiModelRoutes(deps: ModelDeps): AnyElysia {
  return new Elysia({ name: 'gemini-models' })
    .use(tenantGuard)
    .get(
      '/models',
      async ({ caller }) => geminiModels(await listChoices(deps, caller)),
      described({
        summary: 'List models in Google’s form',
        description:
          'All of them on one page: the models that are set up, then the tenant’s active agents as `models/agent:{name}`.',
        replies: { 200: GeminiModelList },
        failures: [401, 403, 429],
      }),
    )
    .get(
      '/models/:model',
      async ({ caller, params }) => geminiModel(await getChoice(deps, caller, params.model)),
      described({
        summary: 'Get a model in Google’s form',
        replies: { 200: GeminiModel },
        failures: [401, 403, 404, 429],
      }),
    )
}
