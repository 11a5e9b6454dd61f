import { signal } from '@preact/signals'
import { toFailure } from '../api/failure.ts'
import { Icon } from './icons.tsx'

interface Toast {
  id: number
  text: string
  requestId: string | null
  bad: boolean
}

const toasts = signal<Toast[]>([])
let latestId = 0

const GOOD_MS = 5000
/** Long enough to copy the request id. */
const BAD_MS = 20_000

/** Says that something was done. */
export function say(text: string): void {
  add({ text, requestId: null, bad: false })
}

/** Says what went wrong, in the API's own sentence. */
export function sayFailure(thrown: unknown): void {
  const { message, requestId, status } = toFailure(thrown)
  // The sign-in page says why the session ended.
  if (status !== 401) add({ text: message, requestId, bad: true })
}

function add(toast: Omit<Toast, 'id'>): void {
  const id = ++latestId
  toasts.value = [...toasts.value.slice(-3), { ...toast, id }]
  setTimeout(() => dismiss(id), toast.bad ? BAD_MS : GOOD_MS)
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

/** Where they appear. */
export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map(({ id, text, requestId, bad }) => (
        <div key={id} class={bad ? 'toast bad' : 'toast'}>
          <div>
            {text}
            {requestId !== null && <div class="mono muted">Request {requestId}</div>}
          </div>
          <button type="button" class="button plain small" onClick={() => dismiss(id)}>
            <Icon name="close" size={13} />
            <span class="hidden">Dismiss</span>
          </button>
        </div>
      ))}
    </div>
  )
}
