import { useEffect, useState } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { ApiFailure } from '../api/failure.ts'
import { remember, STATS } from '../api/resource.ts'
import { Field, useSubmission } from '../parts/form.tsx'
import { Mark } from '../parts/icons.tsx'
import { loadShell } from './load-shell.ts'
import { session, type Session, signedOutBecause } from '../session.ts'

const KEY_PREFIX = 'ares_'

/** Whose credential it is, asked of the server. @throws ApiFailure */
async function signIn(secret: string): Promise<Session> {
  if (secret.startsWith(KEY_PREFIX)) {
    const me = await call('GET /v1/me', { as: { kind: 'tenant', secret } })
    return { kind: 'tenant', secret, me }
  }
  const stats = await call('GET /api/admin/stats', { as: { kind: 'operator', secret } })
  // The menu asks for the same.
  remember(STATS, stats)
  return { kind: 'operator', secret }
}

/** The door. The credential stays in the page's memory: a reload asks for it again. */
export function SignIn() {
  const [secret, setSecret] = useState('')
  const submission = useSubmission()
  const { failure, busy } = submission
  const reason = failure === undefined ? signedOutBecause.value : null
  useEffect(() => {
    document.title = 'Sign in · ARES'
  }, [])
  const enter = async () => {
    const [entered] = await Promise.all([signIn(secret.trim()), loadShell()])
    signedOutBecause.value = null
    session.value = entered
  }
  return (
    <main class="sign-in">
      <form
        class="card stack"
        onSubmit={(event) => {
          event.preventDefault()
          void submission.submit(enter)
        }}
      >
        <div class="brand">
          <Mark /> <h1>ARES console</h1>
        </div>
        {reason !== null && (
          <div class="notice warn" role="alert">
            You were signed out. {reason}
          </div>
        )}
        <Field
          label="Admin secret or API key"
          hint="`ares secret show` on the server prints the admin secret. An API key (ares_…) opens its own tenant only. Either is kept in this page’s memory, never stored."
          problem={failure && sentenceOf(failure)}
        >
          {(control) => (
            <input
              {...control}
              type="password"
              autocomplete="current-password"
              spellcheck={false}
              autofocus
              required
              value={secret}
              onInput={(event) => setSecret(event.currentTarget.value)}
            />
          )}
        </Field>
        {failure && <Wait key={failure.requestId} failure={failure} />}
        <button class="button primary" disabled={busy || secret.trim() === ''}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
        <a href="/console/licenses.txt" target="_blank">
          Third-party licences
        </a>
      </form>
    </main>
  )
}

function sentenceOf({ message, status, requestId }: ApiFailure): string {
  const asked = requestId === null || status < 500 ? '' : ` Request ${requestId}.`
  return `${message}${asked}`
}

/** Counts down how long a network that guessed too often has to wait. */
function Wait({ failure }: { failure: ApiFailure }) {
  const [left, setLeft] = useState(failure.retryAfterS ?? 0)
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1000)
    return () => clearInterval(timer)
  }, [])
  if (failure.retryAfterS === null) return null
  return (
    <p class="muted" role="status">
      {left > 0 ? `You can try again in ${left} s.` : 'You can try again now.'}
    </p>
  )
}
