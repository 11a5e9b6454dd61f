import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'

/*
 * The items of a conversation in OpenAI's Responses API. A mistake in a list of unions can only be called "a mistake";
 * so these are held against the one schema of their `type` while they are translated, which tells field and place.
 * Fields that are not named, such as ids, statuses and notes that clients keep beside an item, say nothing to a model.
 */

const open = { additionalProperties: true }
const optional = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))
const id = Type.String({ minLength: 1 })

export const InputText = Type.Object(
  {
    type: Type.Union([Type.Literal('input_text'), Type.Literal('text')]),
    text: Type.String(),
  },
  open,
)

export const InputImage = Type.Object(
  {
    type: Type.Literal('input_image'),
    image_url: Type.String({ description: 'an address, or a data URL' }),
    file_id: Type.Optional(Type.Null()),
    detail: optional(Type.String()),
  },
  open,
)

export const InputFile = Type.Object(
  {
    type: Type.Literal('input_file'),
    file_data: optional(Type.String({ description: 'a data URL' })),
    file_url: optional(Type.String()),
    file_id: Type.Optional(Type.Null()),
    filename: optional(Type.String()),
  },
  open,
)

export const OutputText = Type.Object(
  { type: Type.Literal('output_text'), text: Type.String() },
  open,
)

export const Refusal = Type.Object({ type: Type.Literal('refusal'), refusal: Type.String() }, open)

const ContentPart = Type.Union([InputText, InputImage, InputFile, OutputText, Refusal])
export type ContentPart = Static<typeof ContentPart>

const Content = Type.Union([Type.String(), Type.Array(Type.Unknown())])

/** A message in its easy and in its full form. */
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
  },
  open,
)

export const FunctionCall = Type.Object(
  {
    type: Type.Literal('function_call'),
    call_id: id,
    name: id,
    arguments: Type.String({ description: 'JSON text as the model wrote it' }),
    namespace: optional(Type.String()),
  },
  open,
)

export const CustomToolCall = Type.Object(
  { type: Type.Literal('custom_tool_call'), call_id: id, name: id, input: Type.String() },
  open,
)

export const CallOutput = Type.Object(
  {
    type: Type.Union([
      Type.Literal('function_call_output'),
      Type.Literal('custom_tool_call_output'),
    ]),
    call_id: id,
    output: Content,
  },
  open,
)

const Texts = optional(Type.Array(Type.Object({ text: Type.String() }, open)))

/** What a model thought in an earlier turn. */
export const Reasoning = Type.Object(
  {
    type: Type.Literal('reasoning'),
    summary: Texts,
    content: Texts,
    encrypted_content: optional(Type.String()),
  },
  open,
)

/** An item of an earlier response that is kept. */
export const ItemReference = Type.Object(
  { type: Type.Literal('item_reference'), id },
  { ...open, description: 'stands for an item of a response that is kept' },
)

export const Item = Type.Union([Message, FunctionCall, CustomToolCall, CallOutput, Reasoning])
export type Item = Static<typeof Item>
