import { type AnyElysia, Elysia } from 'elysia'
import { documented } from '../../http/documented.ts'
import { familyOfModels } from '../../http/error-forms.ts'
import { tenantGuard } from '../../http/guards.ts'
import { OpenAiErrorReply } from '../form/errors-schema.ts'
import { geminiModel, geminiModels } from '../gemini/models.ts'
import {
  anthropicModel,
  anthropicModels,
  getChoice,
  listChoices,
  type ModelDeps,
  openAiModel,
  openAiModels,
} from './models.ts'
import { Model, ModelList } from './models-schema.ts'

const tags: [string] = ['Compatible APIs']

const LISTS = { openai: openAiModels, anthropic: anthropicModels, google: geminiModels }
const MODELS = { openai: openAiModel, anthropic: anthropicModel, google: geminiModel }

/** What may be said as `model`, mounted under /v1. The clients of each family get their own form. */
export function modelRoutes(deps: ModelDeps): AnyElysia {
  return new Elysia({ name: 'models' })
    .use(tenantGuard)
    .get(
      '/models',
      async ({ caller, request }) => {
        const choices = await listChoices(deps, caller)
        return LISTS[familyOfModels(request.headers)](choices)
      },
      documented({
        summary: 'List models',
        description:
          'The models that are set up, then the tenant’s active agents as `agent:{name}`. With an `anthropic-version` header in Anthropic’s form, with an `x-goog-api-client` as `/v1beta/models`.',
        tags,
        replies: { 200: ModelList },
        errors: OpenAiErrorReply,
        failures: [401, 403, 429],
      }),
    )
    .get(
      '/models/:id',
      async ({ caller, params, request }) => {
        const choice = await getChoice(deps, caller, params.id)
        return MODELS[familyOfModels(request.headers)](choice)
      },
      documented({
        summary: 'Get a model',
        tags,
        replies: { 200: Model },
        errors: OpenAiErrorReply,
        failures: [401, 403, 404, 429],
      }),
    )
}
