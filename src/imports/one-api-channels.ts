import type { PlannedProvider } from './plan.ts'

/** The two programs number their channel types differently from 26 on, and a few below. */
export type OneApiFlavour = 'one-api' | 'new-api'

/** A channel type that speaks a format of ours. */
export interface ChannelKind {
  name: string
  type: PlannedProvider['type']
  /** What is called when the channel has no `base_url`; null: it must have one. */
  origin: string | null
  /** What the program puts between the address and `/chat/completions`, or what ARES must put there. */
  path: string
}

/** Types with the same number in both programs. */
const SHARED: Readonly<Record<number, ChannelKind>> = {
  1: openai('openai', 'https://api.openai.com'),
  7: openai('ohmygpt', 'https://api.ohmygpt.com'),
  10: openai('aiproxy', 'https://api.aiproxy.io'),
  12: openai('api2gpt', 'https://api.api2gpt.com'),
  13: openai('aigc2d', 'https://api.aigc2d.com'),
  14: { name: 'anthropic', type: 'anthropic', origin: 'https://api.anthropic.com', path: '' },
  16: openai('zhipu', 'https://open.bigmodel.cn', '/api/paas/v4'),
  17: openai('dashscope', 'https://dashscope.aliyuncs.com', '/compatible-mode/v1'),
  20: openai('openrouter', 'https://openrouter.ai/api'),
  22: openai('fastgpt', 'https://fastgpt.run/api/openapi'),
  24: openai('gemini', 'https://generativelanguage.googleapis.com', '/v1beta/openai'),
  25: openai('moonshot', 'https://api.moonshot.cn'),
  31: openai('lingyiwanwu', 'https://api.lingyiwanwu.com'),
}

const KINDS: Readonly<Record<OneApiFlavour, Readonly<Record<number, ChannelKind>>>> = {
  'one-api': {
    ...SHARED,
    2: openai('api2d', 'https://oa.api2d.net'),
    4: openai('closeai', 'https://api.closeai-proxy.xyz'),
    5: openai('openai-sb', 'https://api.openai-sb.com'),
    6: openai('openaimax', 'https://api.openaimax.com'),
    8: openai('custom', null),
    19: openai('ai360', 'https://ai.360.cn'),
    26: openai('baichuan', 'https://api.baichuan-ai.com'),
    28: openai('mistral', 'https://api.mistral.ai'),
    29: openai('groq', 'https://api.groq.com/openai'),
    30: openai('ollama', 'http://localhost:11434'),
    32: openai('stepfun', 'https://api.stepfun.com'),
    35: openai('cohere', 'https://api.cohere.ai', '/compatibility/v1'),
    36: openai('deepseek', 'https://api.deepseek.com'),
    39: openai('together', 'https://api.together.xyz'),
    40: openai('volcengine', 'https://ark.cn-beijing.volces.com', '/api/v3'),
    41: openai('novita', 'https://api.novita.ai/v3/openai', ''),
    44: openai('siliconflow', 'https://api.siliconflow.cn'),
    45: openai('xai', 'https://api.x.ai'),
    47: openai('baidu', 'https://qianfan.baidubce.com', '/v2'),
    48: openai('xunfei', 'https://spark-api-open.xf-yun.com'),
    49: openai('bailian', 'https://dashscope.aliyuncs.com', '/compatible-mode/v1'),
    50: openai('compatible', null, ''),
    51: openai('gemini', 'https://generativelanguage.googleapis.com/v1beta/openai', ''),
  },
  'new-api': {
    ...SHARED,
    4: openai('ollama', 'http://localhost:11434'),
    6: openai('openaimax', 'https://api.openaimax.com'),
    // The address of the call itself.
    8: openai('custom', null, ''),
    19: openai('ai360', 'https://api.360.cn'),
    26: openai('zhipu', 'https://open.bigmodel.cn', '/api/paas/v4'),
    27: openai('perplexity', 'https://api.perplexity.ai', ''),
    34: openai('cohere', 'https://api.cohere.ai', '/compatibility/v1'),
    40: openai('siliconflow', 'https://api.siliconflow.cn'),
    42: openai('mistral', 'https://api.mistral.ai'),
    43: openai('deepseek', 'https://api.deepseek.com'),
    45: openai('volcengine', 'https://ark.cn-beijing.volces.com', '/api/v3'),
    46: openai('baidu', 'https://qianfan.baidubce.com', '/v2'),
    47: openai('xinference', null),
    48: openai('xai', 'https://api.x.ai'),
    53: openai('submodel', 'https://llm.submodel.ai'),
  },
}

/** What other well-known types are, for the reason why they stay behind. */
const OTHERS: Readonly<Record<OneApiFlavour, Readonly<Record<number, string>>>> = {
  'one-api': {
    3: 'Azure',
    15: 'Baidu’s old API',
    18: 'Xunfei’s WebSocket API',
    23: 'Tencent',
    27: 'MiniMax',
    33: 'AWS Bedrock',
    34: 'Coze',
    37: 'Cloudflare',
    42: 'Vertex AI',
  },
  'new-api': {
    2: 'Midjourney',
    3: 'Azure',
    15: 'Baidu’s old API',
    18: 'Xunfei’s WebSocket API',
    23: 'Tencent',
    33: 'AWS Bedrock',
    35: 'MiniMax',
    39: 'Cloudflare',
    41: 'Vertex AI',
    57: 'Codex',
  },
}

/** The kind of a channel's type, or undefined where ARES does not speak its format. */
export function channelKind(flavour: OneApiFlavour, type: number): ChannelKind | undefined {
  return KINDS[flavour][type]
}

/** What a type without a kind is called. */
export function channelTypeName(flavour: OneApiFlavour, type: number): string {
  return OTHERS[flavour][type] ?? `type ${type}`
}

/** Where ARES calls: the channel's address, or the one of its type, with the path. */
export function channelBaseUrl({ origin, path }: ChannelKind, baseUrl: string): string | null {
  const given = baseUrl.trim().replace(/\/+$/, '')
  if (given === '') return origin === null ? null : `${origin}${path}`
  const address = given.replace(/\/(chat\/completions|v1\/messages)$/, '')
  // Cloudflare's gateway has the version in its own path.
  const isWhole = address.endsWith(path) || address.startsWith('https://gateway.ai.cloudflare.com')
  return isWhole ? address : `${address}${path}`
}

function openai(name: string, origin: string | null, path = '/v1'): ChannelKind {
  return { name, type: 'openai', origin, path }
}
