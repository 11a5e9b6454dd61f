import { Toasts } from './parts/toast.tsx'
import { session } from './session.ts'
import { Shell } from './shell/shell.tsx'
import { SignIn } from './shell/sign-in.tsx'

/** The whole console: who is not signed in gets no further than the door. */
export function App() {
  const { value } = session
  return (
    <>
      {value === null ? <SignIn /> : <Shell key={value.secret} session={value} />}
      <Toasts />
    </>
  )
}
