/** Where a configuration is wrong, and values that are wrong there on any model. Source: contract 4.7. */
export const BAD_SETTINGS: [string, unknown[]][] = [
  ['model', ['', 'gpt-unknown', 'M-TOOLS', ' m-tools', 'upstream-tools', 5, true, ['m-tools'], {}]],
  ['system_prompt', [5, true, ['x'], {}, 'x'.repeat(200_001)]],
  ['tools', ['calculator', 5, {}, ['web_search'], ['Calculator'], ['calculator', 'calculator']]],
  ['max_tokens', [0, -1, 1_000_001, 1.5, '4096', true, [4096], {}]],
  ['temperature', [-0.1, 2.1, '0.5', true, [0.5], {}]],
  ['top_p', [-0.1, 1.1, '0.5', true, [0.5], {}]],
  ['metadata', ['x', 5, true, [], ['x']]],
]

/** Every setting at once. */
export const FULL_CONFIG = {
  model: 'm-tools',
  system_prompt: 'You are a financial data analyzer…\n"Quoted" 😀',
  tools: ['calculator'],
  max_tokens: 4096,
  temperature: 1.7,
  top_p: 0.25,
  metadata: {
    team: 'north',
    nested: { list: [1, null, 'x', { deep: true }], empty: {}, zero: 0, none: null },
    '': 'empty name',
    constructor: 'a name that objects have',
  },
}
