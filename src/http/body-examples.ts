/** What a tenant may say in a chat. Source: V1 Client API, "Send a Chat Message" and the examples. */
const CHAT = {
  messages: [{ role: 'user', content: 'Summarize Q1 revenue trends.' }],
  model: 'llama-3.3-70b',
}
const STREAMED_CHAT = {
  messages: [{ role: 'user', content: 'Explain quantum computing.' }],
  model: 'llama-3.3-70b',
}
const COMPLETION = {
  model: 'llama-3.3-70b',
  messages: [{ role: 'user', content: 'Say hello in three languages.' }],
}
const CLAUDE_MESSAGES = {
  model: 'claude-3.5-sonnet',
  messages: [{ role: 'user', content: 'Say hello in three languages.' }],
}
const GOOGLE_CONTENTS = {
  contents: [{ role: 'user', parts: [{ text: 'Say hello in three languages.' }] }],
}
const KEY_LIMITS = { allowed_agents: ['risk-analyzer'], runs_per_month: 1000 }
const ROTATION = { overlap_seconds: 3600 }

/**
 * A request body of each operation that takes one, by method and path: those of the two given documents where they print
 * one. They are sent to the real program by a test.
 */
export const BODY_EXAMPLES: Readonly<Record<string, object>> = {
  'post /v1/agents/{name}/run': {
    input: {
      message: 'Analyze the risk profile for transaction TX-9921',
      context: { amount: 15000, currency: 'USD', merchant_category: 'electronics' },
    },
  },
  'post /v1/chat': CHAT,
  'post /v1/chat/stream': STREAMED_CHAT,
  'post /v1/chat/completions': COMPLETION,
  'post /v1/responses': { model: 'llama-3.3-70b', input: 'Say hello in three languages.' },
  'post /v1/completions': { model: 'llama-3.3-70b', prompt: 'Once upon a time' },
  'post /v1/embeddings': { model: 'text-embedding-3-small', input: ['Say hello.', 'Say goodbye.'] },
  'post /v1/messages': { ...CLAUDE_MESSAGES, max_tokens: 1024 },
  'post /v1/messages/count_tokens': CLAUDE_MESSAGES,
  'post /v1beta/models/{model}:generateContent': GOOGLE_CONTENTS,
  'post /v1beta/models/{model}:streamGenerateContent': GOOGLE_CONTENTS,
  'post /v1beta/models/{model}:countTokens': GOOGLE_CONTENTS,
  'post /v1beta/models/{model}:embedContent': { content: { parts: [{ text: 'Say hello.' }] } },
  'post /v1beta/models/{model}:batchEmbedContents': {
    requests: [{ content: { parts: [{ text: 'Say hello.' }] } }],
  },
  'post /v1/api-keys': { name: 'mobile-app-key', expires_in_days: 365 },
  'patch /v1/api-keys/{id}': KEY_LIMITS,
  'post /v1/api-keys/{id}/rotate': ROTATION,
  'post /api/admin/tenants': { name: 'acme-corp', tier: 'pro' },
  'patch /api/admin/tenants/{id}': { status: 'suspended' },
  'put /api/admin/tenants/{id}/quota': { tier: 'enterprise' },
  'post /api/admin/provision-client': {
    name: 'acme-corp',
    tier: 'pro',
    product_type: 'kasino',
    api_key_name: 'production',
  },
  'post /api/admin/tenants/{id}/api-keys': { name: 'staging-key' },
  'patch /api/admin/tenants/{id}/api-keys/{key_id}': KEY_LIMITS,
  'post /api/admin/tenants/{id}/api-keys/{key_id}/rotate': ROTATION,
  'post /api/admin/tenants/{id}/agents': {
    name: 'custom-analyzer',
    agent_type: 'analyzer',
    config: {
      model: 'llama-3.3-70b',
      system_prompt: 'You are a financial data analyzer...',
      tools: ['calculator'],
      max_tokens: 4096,
    },
  },
  'put /api/admin/tenants/{id}/agents/{name}': { config: { max_tokens: 4096 } },
  'post /api/admin/tenants/{id}/chat/stream': STREAMED_CHAT,
}
