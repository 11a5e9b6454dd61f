import { type AnyElysia, Elysia } from 'elysia'
import { documented } from '../../http/documented.ts'
import { speaksAnthropic } from '../../http/error-forms.ts'
import { tenantGuard } from '../../http/guards.ts'
import { OpenAiErrorReply } from '../form/errors-schema.ts'
import { anthropicModel, getChoice, listChoices, modelList, openAiModel } from './models.ts'
import type { ModelDeps } from './models.ts'
import { Model, ModelList } from './models-schema.ts'

const tags: [string] = ['Compatible APIs']

/** What may be said as `model`, mounted under /v1. Anthropic's clients get their own form. */
export function modelRoutes(deps: ModelDeps): AnyElysia {
  return new Elysia({ name: 'models' })
    .use(tenantGuard)
    .get(
      '/models',
      async ({ caller, admission, request }) => {
        const choices = await listChoices(deps, caller)
        const isAnthropic = speaksAnthropic(admission.path, request.headers)
        return modelList(choices, isAnthropic ? 'anthropic' : 'openai')
      },
      documented({
        summary: 'List models',
        description:
          'The models that are set up, then the tenant’s active agents as `agent:{name}`. With an `anthropic-version` header in Anthropic’s form.',
        tags,
        replies: { 200: ModelList },
        errors: OpenAiErrorReply,
        failures: [401, 403, 429],
      }),
    )
    .get(
      '/models/:id',
      async ({ caller, admission, params, request }) => {
        const choice = await getChoice(deps, caller, params.id)
        const isAnthropic = speaksAnthropic(admission.path, request.headers)
        return isAnthropic ? anthropicModel(choice) : openAiModel(choice)
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
