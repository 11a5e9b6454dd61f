import { printedEnv, printedSettings } from './printed-settings.ts'
import type { Program } from './program.ts'

const PI = '.pi/agent/models.json'

/** pi by one of the APIs that it speaks. */
function pi(api: string, path: string): Program {
  return {
    name: `pi, ${api}`,
    package: '@mariozechner/pi-coding-agent',
    executable: 'pi',
    home: (place) => ({
      [PI]: printedSettings('pi', place)
        .replace('openai-completions', api)
        .replace(`${place.url}/v1`, place.url + path),
    }),
    args: ({ model }, prompt) => ['--provider', 'ares', '--model', model, '-p', prompt],
  }
}

/** The coding agents, set up as `docs/clients.md` tells. */
export const PROGRAMS: Program[] = [
  {
    name: 'Codex',
    package: '@openai/codex',
    executable: 'codex',
    home: (place) => ({ '.codex/config.toml': printedSettings('Codex', place) }),
    args: (_, prompt) => [
      'exec',
      // The folder is no repository, and a sandbox inside of a sandbox does not start.
      '--skip-git-repo-check',
      '--sandbox=danger-full-access',
      prompt,
    ],
  },
  {
    name: 'opencode',
    package: 'opencode-ai',
    executable: 'opencode',
    home: (place) => ({ '.config/opencode/opencode.json': printedSettings('opencode', place) }),
    // What it would ask of its makers' servers.
    env: () => ({ OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1' }),
    args: ({ model }, prompt) => ['run', '-m', `ares/${model}`, prompt],
  },
  {
    name: 'qwen-code',
    package: '@qwen-code/qwen-code',
    executable: 'qwen',
    env: (place) => printedEnv('qwen-code', place),
    args: (_, prompt) => ['--auth-type', 'openai', '-y', '-p', prompt],
  },
  {
    name: 'Continue',
    package: '@continuedev/cli',
    executable: 'cn',
    home: (place) => ({ '.continue/config.yaml': printedSettings('Continue', place) }),
    env: () => ({ CONTINUE_TELEMETRY_ENABLED: '0' }),
    args: (_, prompt) => ['-p', prompt],
  },
  {
    name: 'gemini-cli',
    package: '@google/gemini-cli',
    executable: 'gemini',
    home: () => ({
      '.gemini/settings.json': '{"security":{"auth":{"selectedType":"gemini-api-key"}}}',
    }),
    env: (place) => printedEnv('gemini-cli', place),
    args: ({ model }, prompt) => ['-m', model, '--skip-trust', '--yolo', '-p', prompt],
  },
  pi('openai-completions', '/v1'),
  pi('openai-responses', '/v1'),
  pi('anthropic-messages', ''),
]
