import { Kind, type Static, type TSchema, type TUnsafe, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'

/*
 * The items of a conversation in OpenAI's Responses API. A mistake in a list of unions can only be called "a mistake";
 * so these are held against the one schema of their `type` while they are translated, which tells field and place.
 */

const closed = { additionalProperties: false }
const status = Type.Optional(
  nullable(
    Type.Union([
      Type.Literal('in_progress'),
      Type.Literal('completed'),
      Type.Literal('incomplete'),
    ]),
  ),
)
/** Ids of items that this server, which keeps none of them, has no use for. */
const id = Type.Optional(nullable(Type.String()))
/** A hint for the provider's cache; left out. */
const prompt_cache_breakpoint = Type.Optional(Type.Unknown())

/** Told apart by its place in a description, checked in the translation: allows everything where it stands. */
export function checkedLater<T extends TSchema>(schema: T): TUnsafe<Static<T>> {
  return Type.Unsafe<Static<T>>({ ...schema, [Kind]: 'Unknown' })
}

export const InputText = Type.Object(
  { type: Type.Literal('input_text'), text: Type.String(), prompt_cache_breakpoint },
  closed,
)

export const InputImage = Type.Object(
  {
    type: Type.Literal('input_image'),
    image_url: Type.String({ description: 'an address, or a data URL' }),
    file_id: Type.Optional(Type.Null()),
    detail: Type.Optional(nullable(Type.String())),
    prompt_cache_breakpoint,
  },
  closed,
)

/** Annotations, token probabilities and what clients parse out of a text say nothing to the model; left out. */
export const OutputText = Type.Object(
  {
    type: Type.Literal('output_text'),
    text: Type.String(),
    annotations: Type.Optional(Type.Unknown()),
    logprobs: Type.Optional(Type.Unknown()),
    parsed: Type.Optional(Type.Unknown()),
  },
  closed,
)

export const Refusal = Type.Object(
  { type: Type.Literal('refusal'), refusal: Type.String() },
  closed,
)

const Part = Type.Union([InputText, InputImage, OutputText, Refusal])
export type Part = Static<typeof Part>

const Content = checkedLater(Type.Union([Type.String(), Type.Array(Part)]))

/** A message in its easy and in its full form. `phase` is left out. */
export const Message = Type.Object(
  {
    type: Type.Optional(Type.Literal('message')),
    role: Type.Union([
      Type.Literal('user'),
      Type.Literal('assistant'),
      Type.Literal('system'),
      Type.Literal('developer'),
    ]),
    content: Content,
    id,
    status,
    phase: Type.Optional(Type.Unknown()),
  },
  closed,
)

/** `parsed_arguments` is what clients add to the items they have got; left out. */
export const FunctionCall = Type.Object(
  {
    type: Type.Literal('function_call'),
    call_id: Type.String({ minLength: 1 }),
    name: Type.String({ minLength: 1 }),
    arguments: Type.String({ description: 'JSON text as the model wrote it' }),
    id,
    status,
    parsed_arguments: Type.Optional(Type.Unknown()),
  },
  closed,
)

export const FunctionCallOutput = Type.Object(
  {
    type: Type.Literal('function_call_output'),
    call_id: Type.String({ minLength: 1 }),
    output: Content,
    id,
    status,
    name: Type.Optional(nullable(Type.String())),
  },
  closed,
)

/** What a model thought in an earlier turn: meant for the server that kept the thought; left out. */
export const Reasoning = Type.Object({ type: Type.Literal('reasoning') })

export const Item = Type.Union([Message, FunctionCall, FunctionCallOutput, Reasoning])
export type Item = Static<typeof Item>
