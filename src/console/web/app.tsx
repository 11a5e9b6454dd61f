import { Toasts } from './parts/toast.tsx'
import { session } from './session.ts'
import { shellIfLoaded } from './shell/load-shell.ts'
import { SignIn } from './shell/sign-in.tsx'

/** The whole console: who is not signed in gets no further than the door. */
export function App() {
  const { value } = session
  const Shell = shellIfLoaded()
  return (
    <>
      {value === null || Shell === undefined ? (
        <SignIn />
      ) : (
        <Shell key={value.secret} session={value} />
      )}
      <Toasts />
    </>
  )
}
