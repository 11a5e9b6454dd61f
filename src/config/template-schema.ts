import { Type } from '@sinclair/typebox'
import { MODEL_ID, NAME } from './schema-parts.ts'

const JsonValue = Type.Unknown({
  allowed: 'a string, number, boolean, list or table',
  writeOnly: true,
})

/** `[agent_templates.config]`: what the agent is made of. Source: contract 4.7. */
export const TemplateConfig = Type.Object(
  {
    model: Type.String({
      ...MODEL_ID,
      allowed: 'the id of a model of an enabled provider',
      description: 'The model that answers.',
    }),
    system_prompt: Type.Optional(
      Type.String({
        maxLength: 200_000,
        allowed: 'text of at most 200000 characters',
        writeOnly: true,
        fallback: 'none',
        description: 'What the model is told before each message.',
      }),
    ),
    tools: Type.Optional(
      Type.Array(Type.String({ allowed: 'the name of a tool' }), {
        allowed: 'a list of names of tools',
        fallback: 'none',
        description: 'Tools it may use (`calculator`); only on a model with `supports_tools`.',
      }),
    ),
    max_tokens: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        fallback: 'the provider’s',
        description: 'The longest answer, in tokens.',
      }),
    ),
    temperature: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 2,
        fallback: 'the provider’s',
        description: 'How freely the model chooses its words; at most 1 on an Anthropic model.',
      }),
    ),
    top_p: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        fallback: 'the provider’s',
        description: 'The share of the most probable words that it chooses from.',
      }),
    ),
    metadata: Type.Optional(
      Type.Record(Type.String(), JsonValue, {
        allowed: 'a table of strings, numbers, booleans, lists and tables',
        writeOnly: true,
        fallback: 'none',
        description: 'Notes of your own, kept with the agent.',
      }),
    ),
  },
  { additionalProperties: false, description: 'What the agent is made of.' },
)

/** `[[agent_templates]]`. */
export const Template = Type.Object(
  {
    product_type: Type.String({
      ...NAME,
      description: 'The set it belongs to: `generic`, `kasino`, `ehb`, or a name of your own.',
    }),
    name: Type.String({
      ...NAME,
      description:
        'The agent’s name; replaces a built-in template of the same product type and name.',
    }),
    agent_type: Type.String({
      pattern: '^(?=.{1,63}$)[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$',
      allowed: '1 to 63 letters and digits, in parts joined by single dots, hyphens or underscores',
      description:
        'What kind of agent it is, for example `classifier`; chats may ask for one by it.',
    }),
    config: TemplateConfig,
  },
  { additionalProperties: false, description: 'An agent that provisioning gives to new clients.' },
)
