/** An API key's three forms; only prefix and hash are stored. */
export interface MintedKey {
  /** `ares_`, 30 random characters, 7 of checksum: shown once. */
  secret: string
  prefix: string
  /** SHA-256 of the secret, hex. */
  hash: string
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
const RANDOM_CHARS = 30
const CHECKSUM_CHARS = 7
const SHAPE = /^ares_([a-z0-9]{30})([a-z0-9]{7})$/
/** The largest multiple of 36 in a byte; bytes from there on would favour the first letters. */
const UNBIASED_BYTES = 252

/** A new key with 155 bits of randomness. Source: contract 4.1. */
export function mintKey(): MintedKey {
  const random = randomChars(RANDOM_CHARS)
  const secret = `ares_${random}${checksum(random)}`
  return { secret, prefix: secret.slice(0, 9), hash: hashKey(secret) }
}

/** True when shape and checksum are right: typing errors are refused without a look-up. */
export function isWellFormedKey(secret: string): boolean {
  const match = SHAPE.exec(secret)
  return match !== null && checksum(match[1]!) === match[2]
}

/** True for what begins as keys do, whatever its checksum says. */
export function isKeyShaped(text: string): boolean {
  return /^ares_[a-z0-9]+$/i.test(text)
}

/** The text with whatever may be a key in it made unreadable; for logs. */
export function maskKeys(text: string): string {
  return text.replaceAll(/ares_[a-z0-9]+/gi, 'ares_***')
}

export function hashKey(secret: string): string {
  return Bun.CryptoHasher.hash('sha256', secret, 'hex')
}

function checksum(random: string): string {
  return Bun.hash.crc32(random).toString(36).padStart(CHECKSUM_CHARS, '0')
}

function randomChars(count: number): string {
  let chars = ''
  while (chars.length < count) {
    const bytes = crypto.getRandomValues(new Uint8Array(count))
    for (const byte of bytes) {
      if (byte < UNBIASED_BYTES && chars.length < count) chars += ALPHABET[byte % ALPHABET.length]
    }
  }
  return chars
}
