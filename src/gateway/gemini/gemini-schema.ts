import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { nullable } from '../../http/nullable.ts'

/*
 * What is looked into whatever the provider, in the first of the two spellings. Fields and kinds that are not known here
 * pass through to providers that speak this format; for others they are refused by name.
 */

const open = { additionalProperties: true }
const optional = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))
const Json = Type.Object({}, open)
const Bytes = Type.Object({ mimeType: Type.String(), data: Type.String() }, open)
const File = Type.Object({ fileUri: Type.String(), mimeType: optional(Type.String()) }, open)
const penalty = optional(Type.Number({ minimum: -2, maximum: 2 }))

const FunctionCall = Type.Object(
  {
    id: optional(Type.String()),
    name: Type.String({ minLength: 1 }),
    args: optional(Json),
  },
  open,
)

const FunctionResponse = Type.Object(
  {
    id: optional(Type.String()),
    name: Type.String({ minLength: 1 }),
    response: optional(Json),
    parts: optional(
      Type.Array(Type.Object({ inlineData: optional(Bytes), fileData: optional(File) }, open), {
        maxItems: 1000,
      }),
    ),
  },
  open,
)

const Part = Type.Object(
  {
    text: optional(Type.String()),
    thought: optional(Type.Boolean()),
    thoughtSignature: optional(Type.String()),
    inlineData: optional(Bytes),
    fileData: optional(File),
    functionCall: optional(FunctionCall),
    functionResponse: optional(FunctionResponse),
  },
  { ...open, description: 'one of text, inlineData, fileData, functionCall, functionResponse …' },
)
export type Part = Static<typeof Part>

const Parts = optional(Type.Array(Part, { maxItems: 10_000 }))

const Content = Type.Object(
  {
    role: optional(
      Type.Union([Type.Literal('user'), Type.Literal('model'), Type.Literal('function')]),
    ),
    parts: Parts,
  },
  open,
)
export type Content = Static<typeof Content>

const FunctionDeclaration = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    description: optional(Type.String()),
    parameters: optional(Json),
    parametersJsonSchema: optional(Json),
  },
  open,
)
export type FunctionDeclaration = Static<typeof FunctionDeclaration>

const Tool = Type.Object(
  { functionDeclarations: optional(Type.Array(FunctionDeclaration, { maxItems: 1000 })) },
  { ...open, description: 'functionDeclarations, or a tool that Google runs' },
)

const ToolConfig = Type.Object(
  {
    functionCallingConfig: optional(
      Type.Object(
        {
          mode: optional(
            Type.Union([
              Type.Literal('MODE_UNSPECIFIED'),
              Type.Literal('AUTO'),
              Type.Literal('ANY'),
              Type.Literal('NONE'),
              Type.Literal('VALIDATED'),
            ]),
          ),
          allowedFunctionNames: optional(Type.Array(Type.String(), { maxItems: 1000 })),
        },
        open,
      ),
    ),
  },
  open,
)

const GenerationConfig = Type.Object(
  {
    candidateCount: optional(
      Type.Integer({ minimum: 1, maximum: 1, description: 'one answer at a time' }),
    ),
    stopSequences: optional(Type.Array(Type.String(), { maxItems: 100 })),
    maxOutputTokens: optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    temperature: optional(Type.Number({ minimum: 0, maximum: 2 })),
    topP: optional(Type.Number({ minimum: 0, maximum: 1 })),
    topK: optional(Type.Number({ minimum: 0 })),
    presencePenalty: penalty,
    frequencyPenalty: penalty,
    responseMimeType: optional(Type.String()),
    responseSchema: optional(Json),
    responseJsonSchema: optional(Json),
    thinkingConfig: optional(
      Type.Object(
        {
          includeThoughts: optional(Type.Boolean()),
          thinkingBudget: optional(Type.Integer({ minimum: -1 })),
          thinkingLevel: optional(Type.String()),
        },
        open,
      ),
    ),
  },
  open,
)

/** The fields that decide what a prompt costs. */
const prompt = {
  contents: Type.Array(Content, { minItems: 1, maxItems: 10_000 }),
  systemInstruction: optional(Type.Object({ parts: Parts }, open)),
  tools: optional(Type.Array(Tool, { maxItems: 1000 })),
  toolConfig: optional(ToolConfig),
  generationConfig: optional(GenerationConfig),
}

/** The body of `generateContent` and `streamGenerateContent`; both spellings of each name are taken. */
export const GenerateContentRequest = Type.Object(prompt, open)
export type GenerateContentRequest = Static<typeof GenerateContentRequest>

/** The same with what the path says: which model, and whether in pieces. */
export type GenerateBody = GenerateContentRequest & {
  model: string
  stream?: boolean
  [field: string]: unknown
}

/** The body of `countTokens`: contents alone, or a whole request. */
export const CountTokensRequest = Type.Object(
  {
    contents: optional(prompt.contents),
    generateContentRequest: optional(GenerateContentRequest),
  },
  open,
)
export type CountTokensRequest = Static<typeof CountTokensRequest>

const Embedded = {
  content: Type.Object(
    {
      parts: Type.Array(Type.Object({ text: Type.String() }, open), {
        minItems: 1,
        maxItems: 10_000,
        description: 'texts, which are embedded as one',
      }),
    },
    open,
  ),
  taskType: optional(Type.String()),
  title: optional(Type.String()),
  outputDimensionality: optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
}

/** The body of `embedContent`. */
export const EmbedContentRequest = Type.Object(Embedded, open)
export type EmbedContentRequest = Static<typeof EmbedContentRequest>

/** The body of `batchEmbedContents`; the model of each is that of the path. */
export const BatchEmbedContentsRequest = Type.Object(
  { requests: Type.Array(EmbedContentRequest, { minItems: 1, maxItems: 10_000 }) },
  open,
)
export type BatchEmbedContentsRequest = Static<typeof BatchEmbedContentsRequest>

/** A whole answer, and an event of a streamed one; relayed ones have whatever else their provider says. */
export const GenerateContentReply = Type.Object(
  {
    candidates: Type.Optional(Type.Array(Json)),
    usageMetadata: Type.Optional(Type.Unknown()),
    modelVersion: Type.Optional(Type.String()),
    responseId: Type.Optional(Type.String()),
  },
  open,
)

/** How many tokens a prompt has. */
export const CountTokensReply = Type.Object({ totalTokens: Type.Integer({ minimum: 0 }) })

const Embedding = Type.Object({ values: Type.Array(Type.Number()) })

export const EmbedContentReply = Type.Object({ embedding: Embedding })
export const BatchEmbedContentsReply = Type.Object({ embeddings: Type.Array(Embedding) })

/** A model or agent as Google's clients read it. */
export const GeminiModel = Type.Object({
  name: Type.String({ description: '`models/` and what to say as the model' }),
  baseModelId: Type.String(),
  version: Type.String(),
  displayName: Type.String(),
  inputTokenLimit: Type.Integer(),
  outputTokenLimit: Type.Optional(Type.Integer()),
  thinking: Type.Optional(Type.Boolean()),
  supportedGenerationMethods: Type.Array(Type.String()),
})
export type GeminiModel = Static<typeof GeminiModel>

export const GeminiModelList = Type.Object({ models: Type.Array(GeminiModel) })
export type GeminiModelList = Static<typeof GeminiModelList>
