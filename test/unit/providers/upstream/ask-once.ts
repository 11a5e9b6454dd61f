import { UpstreamFault } from '../../../../src/providers/upstream.ts'
import { ask, bodyOf, type ClientName, CLIENTS } from './test-call.ts'

// A process of its own, for what is read from the environment when a process begins: prints what one request got.
const [client = '', url = ''] = process.argv.slice(2)
try {
  const answer = await ask(CLIENTS[client as ClientName](), url)
  console.log(`${answer.status} ${await bodyOf(answer)}`)
} catch (error) {
  console.log(error instanceof UpstreamFault ? `${error.kind} ${error.code}` : String(error))
}
process.exit(0)
