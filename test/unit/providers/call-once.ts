import { call, providerOf } from './provider-under-test.ts'

// A process of its own, for a test that needs another environment: prints what one call answers.
const [baseUrl = ''] = process.argv.slice(2)
const { text } = await call(providerOf({ baseUrl }), 'plain')
console.log(text)
process.exit(0)
