import sample from '../../ares.toml' with { type: 'text' }

/** The part of `docs/configuration.md` that is written by hand; its providers are those of the sample. */
export function describeUse(): string {
  return `\
# Configuration

ARES reads one file, \`ares.toml\`. \`ares init\` writes one, \`ares check\` finds every mistake in it.
This page is generated from the schema of the file (\`src/config/reference.ts\`).

## Which file is used

1. the one that \`--config PATH\` names, else
2. the one that the environment variable \`ARES_CONFIG\` names, else
3. \`ares.toml\` in the working directory, else
4. the sample inside the program: the offline demo provider, and \`data/ares.db\` under the working directory.

A file that was named must be there. \`ares check\` does not fall back to the sample. Relative paths in a file are
relative to that file. The file is read once, at the start. A file with mistakes stops the start, with one line
for each of them:

\`\`\`text
ares.toml:13:1: providers[1].api_kye: unknown key; did you mean api_key?
\`\`\`

## Secrets

No message about this file shows the value of a secret.

The **admin secret** opens the whole Admin API. Keep it in the file (\`ares init\` generates one, in a file that only
its owner may read), or in an environment variable:

\`\`\`toml
[admin]
secret_env = "ARES_ADMIN_SECRET"
\`\`\`

With neither, ARES generates one at its first start, keeps it beside the database in a file that only its owner may
read, and prints the path of that file.

The **keys of providers** belong into the environment too (\`api_key_env\`). \`api_key\` in the file is for those who
keep the file itself secret; ARES warns when other users of the machine may read it. White space around a value in
the environment is ignored. A provider whose variable is not set does not stop the start: its models are listed
with \`"available": false\`, and runs on them fail.

## Switching on a provider

Set \`enabled = true\` in its table (or leave \`enabled\` out), put its key into the environment, and take the
\`demo\` provider out if it offers a model of the same \`id\`. Each \`id\` may belong to one enabled provider only. A
real model never falls back to the demo. \`upstream_id\` is the provider's own name for the model; providers rename
and retire models, so compare it with their lists.

### Groq

${exampleOf('groq')}

### NVIDIA

${exampleOf('nvidia-deepseek')}

### Anthropic

${exampleOf('anthropic')}

### Gemini

${exampleOf('gemini')}

### OpenAI

${exampleOf('openai')}

### Ollama

${exampleOf('ollama')}

### llama.cpp

Start \`llama-server\` with \`--jinja\` for tools.

${exampleOf('llama-cpp')}

### vLLM

Start \`vllm serve\` with \`--enable-auto-tool-choice\` and the \`--tool-call-parser\` of the model for tools.

${exampleOf('vllm')}
`
}

/** A provider of the sample as a block of its own, enabled by default. */
function exampleOf(name: string): string {
  const table = new RegExp(
    `^\\[\\[providers\\]\\]\\nname = "${name}"[^]*?(?=\\n\\n(?:#|\\n|\\[\\[providers\\]\\]))`,
    'm',
  )
  const [example] = table.exec(sample) ?? []
  if (example === undefined) throw new TypeError(`The sample has no provider ${name}.`)
  return ['```toml', example.replace(/^enabled = false.*\n/m, ''), '```'].join('\n')
}
