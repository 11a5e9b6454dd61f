import type { ThirdParty } from './bundled-packages.ts'

const LINE = '='.repeat(80)

/** The third-party notices, as `ares licenses` prints them: who, under what, and each text whole. */
export function noticesText(parts: ThirdParty[]): string {
  return [HEAD, ...parts.map(noticeOf)].join(`\n${LINE}\n`)
}

const HEAD = `Third-party notices of ARES

ARES contains the work of others, each under terms of its own. They follow, in the order of their names.
`

function noticeOf({ name, version, license, homepage, texts }: ThirdParty): string {
  const plain = texts.map((text) => text.replaceAll('\r\n', '\n').trim())
  return `${name} ${version}\n${license}\n${homepage}\n\n${plain.join('\n\n')}\n`
}
