import { expect, test } from 'bun:test'
import { destinations } from '../../../src/config/destinations.ts'
import { DEMO, read } from './reading.ts'

const provider = (name: string, keys: string) =>
  `[[providers]]\nname = "${name}"\ntype = "openai"\n${keys}\n`

test('every address once, with who is reached there and through what', () => {
  const text = [
    '[egress]\nproxy = "http://user:secret-word@proxy.example"\n',
    provider('one', 'base_url = "https://api.example/v1"'),
    provider('two', 'base_url = "https://api.example/other"'),
    provider('own', 'base_url = "http://[fd00::1]/v1"\nproxy = "https://other.example"'),
    provider('near', 'base_url = "http://127.0.0.1:11434/v1"'),
    provider('off', 'base_url = "https://off.example"\nenabled = false'),
    '[[providers]]\nname = "gemini"\ntype = "gemini"\nproxy = "none"\n',
  ]
  expect(destinations(read(text.join('') + DEMO))).toEqual([
    {
      address: 'api.example:443',
      purposes: [
        'provider one, through proxy.example:80',
        'provider two, through proxy.example:80',
      ],
    },
    { address: '[fd00::1]:80', purposes: ['provider own, through other.example:443'] },
    { address: '127.0.0.1:11434', purposes: ['provider near'] },
    { address: 'generativelanguage.googleapis.com:443', purposes: ['provider gemini'] },
    { address: 'proxy.example:80', purposes: ['proxy of providers one, two'] },
    { address: 'other.example:443', purposes: ['proxy of provider own'] },
  ])
})

test('the demo calls nobody', () => {
  expect(destinations(read(DEMO))).toEqual([])
})
