/** Why a field of a relayed request is for the operator to allow. */
export type Guard = 'price' | 'reach'

/** A field that says nothing with these values; null and an empty list never say anything. */
interface GuardedField {
  guard: Guard
  neutral?: readonly unknown[]
}

const price = (...neutral: unknown[]): GuardedField => ({ guard: 'price', neutral })
const reach: GuardedField = { guard: 'reach' }

/**
 * Fields of compatible requests, in any format, by which a tenant spends or reaches further than a model's tokens at
 * the configured price, under the operator's key. `allow_fields` of a provider names those that pass.
 */
export const GUARDED_FIELDS: Readonly<Record<string, GuardedField>> = {
  // Another price for the same tokens, or work that no token tells of.
  service_tier: price('auto', 'default', 'standard_only', 'standard', 'unspecified'),
  speed: price('standard'),
  inference_geo: price('global'),
  modalities: price(),
  best_of: price(1),
  use_beam_search: price(false),
  priority: price(0),
  provider: price(),
  // Searches and the like, which a provider charges for and which read the web.
  web_search_options: price(),
  search_parameters: price(),
  search_settings: price(),
  enable_search: price(false),
  plugins: price(),
  compound_custom: price(),
  // Addresses that the provider's server opens.
  mcp_servers: reach,
  kv_transfer_params: reach,
  bootstrap_host: reach,
  bootstrap_port: reach,
  bootstrap_room: reach,
  api_base: reach,
  base_url: reach,
  extra_headers: reach,
  // Code or credentials for the provider's server itself.
  custom_logit_processor: reach,
  user_config: reach,
  api_key: reach,
}

/** Tools that are run where the request is made: nobody is reached by them. The dates behind their names vary. */
export const CLIENT_TOOLS: ReadonlySet<string> = new Set([
  'function',
  'custom',
  'bash',
  'computer',
  'computer_use_preview',
  'local_shell',
  'memory',
  'namespace',
  'shell',
  'apply_patch',
  'text_editor',
  // Anthropic looks among the request's own tools; it costs nothing and reads nothing else.
  'tool_search_tool_regex',
  'tool_search_tool_bm25',
  // Names one of `mcp_servers`, which is guarded itself.
  'mcp_toolset',
  // Google's words for the client's own.
  'function_declarations',
  'computer_use',
])

/** What stands before the name of a tool that the provider runs: `tools.web_search`. `tools` is all of them. */
export const HOSTED_TOOLS = 'tools'

const NAMES = [...Object.keys(GUARDED_FIELDS), HOSTED_TOOLS]

/** What `allow_fields` may name: a guarded field, `tools`, or `tools.` and the type of a hosted tool. */
export const ALLOWED_FIELD_PATTERN = `^(${NAMES.join('|')}|${HOSTED_TOOLS}\\.[a-z][a-z0-9_:-]{0,99})$`

/** The providers whose servers stand outside of every operator's network: what they fetch, anybody could. */
const OFFICIAL_HOSTS = new Set([
  'api.openai.com',
  'api.anthropic.com',
  'generativelanguage.googleapis.com',
])

/** Whether a provider may be given addresses of images where the file does not say: those of `OFFICIAL_HOSTS` may. */
export function allowsRemoteMedia(baseUrl: string | null): boolean {
  return baseUrl !== null && OFFICIAL_HOSTS.has(new URL(baseUrl).hostname)
}
