import type { PlannedProvider } from './plan.ts'

/** A provider prefix of LiteLLM that speaks a format of ours. */
export interface KnownProvider {
  type: PlannedProvider['type']
  /** Null: an `api_base` is needed. */
  baseUrl: string | null
  /** Where LiteLLM looks for the key when a model names none; null for servers that need none. */
  keyEnv: string | null
  /** What an `api_base` must end with before calls are appended to it. */
  suffix?: string
  /** What LiteLLM puts before model names that do not begin with it. */
  modelPrefix?: string
  /** LiteLLM speaks another format to it; an `api_base` of its own is then of no use here. */
  isOtherFormat?: true
}

/** LiteLLM's prefixes, with the addresses and variables that it uses by default. */
export const KNOWN_PROVIDERS: Readonly<Record<string, KnownProvider>> = {
  anthropic: {
    type: 'anthropic',
    baseUrl: 'https://api.anthropic.com',
    keyEnv: 'ANTHROPIC_API_KEY',
  },
  openai: openai('https://api.openai.com/v1', 'OPENAI_API_KEY'),
  cerebras: openai('https://api.cerebras.ai/v1', 'CEREBRAS_API_KEY'),
  cohere: otherFormat('https://api.cohere.ai/compatibility/v1', 'COHERE_API_KEY'),
  cohere_chat: otherFormat('https://api.cohere.ai/compatibility/v1', 'COHERE_API_KEY'),
  dashscope: openai('https://dashscope-intl.aliyuncs.com/compatible-mode/v1', 'DASHSCOPE_API_KEY'),
  deepinfra: openai('https://api.deepinfra.com/v1/openai', 'DEEPINFRA_API_KEY'),
  deepseek: openai('https://api.deepseek.com/v1', 'DEEPSEEK_API_KEY'),
  fireworks_ai: {
    ...openai('https://api.fireworks.ai/inference/v1', 'FIREWORKS_API_KEY'),
    modelPrefix: 'accounts/fireworks/models/',
  },
  gemini: otherFormat('https://generativelanguage.googleapis.com/v1beta/openai', 'GEMINI_API_KEY'),
  groq: openai('https://api.groq.com/openai/v1', 'GROQ_API_KEY'),
  meta_llama: openai('https://api.llama.com/compat/v1', 'LLAMA_API_KEY'),
  mistral: openai('https://api.mistral.ai/v1', 'MISTRAL_API_KEY'),
  moonshot: openai('https://api.moonshot.ai/v1', 'MOONSHOT_API_KEY'),
  novita: openai('https://api.novita.ai/v3/openai', 'NOVITA_API_KEY'),
  nvidia_nim: openai('https://integrate.api.nvidia.com/v1', 'NVIDIA_NIM_API_KEY'),
  openrouter: openai('https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY'),
  perplexity: openai('https://api.perplexity.ai', 'PERPLEXITYAI_API_KEY'),
  sambanova: openai('https://api.sambanova.ai/v1', 'SAMBANOVA_API_KEY'),
  together_ai: openai('https://api.together.xyz/v1', 'TOGETHERAI_API_KEY'),
  volcengine: openai('https://ark.cn-beijing.volces.com/api/v3', 'VOLCENGINE_API_KEY'),
  xai: openai('https://api.x.ai/v1', 'XAI_API_KEY'),
  // Servers of one's own.
  custom_openai: openai(null, null),
  hosted_vllm: openai(null, null),
  litellm_proxy: openai(null, 'LITELLM_PROXY_API_KEY'),
  llamafile: openai('http://127.0.0.1:8080/v1', null),
  lm_studio: openai(null, null),
  ollama: { ...openai('http://localhost:11434/v1', null), suffix: '/v1' },
  ollama_chat: { ...openai('http://localhost:11434/v1', null), suffix: '/v1' },
  openai_like: openai(null, null),
  vllm: openai(null, null),
  xinference: openai(null, null),
}

/** Why models of other well-known prefixes stay behind. */
const REASONS: Readonly<Record<string, string>> = {
  azure: 'Azure addresses deployments by path and API version, which ARES does not speak',
  azure_ai: 'Azure addresses deployments by path and API version, which ARES does not speak',
  bedrock: 'Bedrock needs requests signed with AWS credentials, which ARES does not do',
  bedrock_converse: 'Bedrock needs requests signed with AWS credentials, which ARES does not do',
  sagemaker: 'SageMaker needs requests signed with AWS credentials, which ARES does not do',
  vertex_ai: 'Vertex needs Google Cloud credentials, which ARES does not use',
  vertex_ai_beta: 'Vertex needs Google Cloud credentials, which ARES does not use',
  watsonx: 'watsonx needs IBM Cloud tokens, which ARES does not fetch',
  'text-completion-openai': 'it is a model for text completions, and ARES speaks chat completions',
}

/** Why a model with this prefix cannot be imported. */
export function reasonAgainst(prefix: string): string {
  const known = Object.hasOwn(REASONS, prefix) ? REASONS[prefix] : undefined
  return known ?? `${prefix} speaks no format that ARES speaks`
}

/** Model names that LiteLLM recognises without a prefix; it has long lists, these are what the families look like. */
const BARE_NAMES: readonly [RegExp, string][] = [
  [/^(gpt-|chatgpt-|o\d|ft:gpt-|text-embedding-)/, 'openai'],
  [/^claude-/, 'anthropic'],
]

/** Prefix and upstream name of LiteLLM's `model`; prefix null when it names none. */
export function splitModel(
  model: string,
  given: string | undefined,
): { prefix: string | null; upstreamId: string } {
  if (given !== undefined) {
    const upstreamId = model.startsWith(`${given}/`) ? model.slice(given.length + 1) : model
    return { prefix: given, upstreamId }
  }
  const bare = BARE_NAMES.find(([pattern]) => pattern.test(model))?.[1]
  if (bare !== undefined) return { prefix: bare, upstreamId: model }
  const slash = model.indexOf('/')
  if (slash <= 0) return { prefix: null, upstreamId: model }
  return { prefix: model.slice(0, slash), upstreamId: model.slice(slash + 1) }
}

function openai(baseUrl: string | null, keyEnv: string | null): KnownProvider {
  return { type: 'openai', baseUrl, keyEnv }
}

function otherFormat(baseUrl: string, keyEnv: string): KnownProvider {
  return { ...openai(baseUrl, keyEnv), isOtherFormat: true }
}
