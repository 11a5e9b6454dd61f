import { signal } from '@preact/signals'
import type { Api } from './api/types.ts'

/** Who is signed in. It lives in this page's memory and goes with it. */
export type Session =
  | { kind: 'operator'; secret: string }
  | { kind: 'tenant'; secret: string; me: Api['GET /v1/me']['reply'] }

/** What a key may be limited to. */
export type Scope = NonNullable<
  NonNullable<Api['GET /v1/me']['reply']['key']['powers']>['scopes']
>[number]

export const session = signal<Session | null>(null)

/** Why the last session ended, for the next to sign in; null when it was left on purpose. */
export const signedOutBecause = signal<string | null>(null)

/** What is done when a session ends. */
const endings: (() => void)[] = []

export function onSignOut(forget: () => void): void {
  endings.push(forget)
}

export function signOut(reason: string | null = null): void {
  signedOutBecause.value = reason
  session.value = null
  for (const forget of endings) forget()
}

/** True when who is signed in may use what the scope opens; operators may all. */
export function mayUse(scope: Scope): boolean {
  const { value } = session
  if (value?.kind !== 'tenant') return value !== null
  const scopes = value.me.key.powers?.scopes
  return !scopes || scopes.includes(scope)
}

/** The header that carries a credential. */
export function credentialHeader({
  kind,
  secret,
}: Pick<Session, 'kind' | 'secret'>): Record<string, string> {
  return kind === 'operator' ? { 'x-admin-secret': secret } : { authorization: `Bearer ${secret}` }
}
