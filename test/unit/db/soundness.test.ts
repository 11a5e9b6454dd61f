import { expect, test } from 'bun:test'
import { StorageLost } from '../../../src/db/errors.ts'
import { Soundness } from '../../../src/db/soundness.ts'

const error = (code: string) => Object.assign(new Error(code), { code })

function heard() {
  const soundness = new Soundness()
  const states: string[] = []
  soundness.onFault(({ state }) => states.push(state))
  return { soundness, states }
}

test.each([
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ['SQLITE_NOTADB', 'untrusted'],
  ['SQLITE_IOERR_FSYNC', 'untrusted'],
  ['SQLITE_IOERR_DIR_FSYNC', 'untrusted'],
])('%s is %s', (code, state) => {
  const { soundness, states } = heard()
  soundness.notice(error(code))
  expect(states).toEqual([state])
})

test.each(['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_CONSTRAINT_UNIQUE'])(
  '%s says nothing of what is stored',
  (code) => {
    const { soundness, states } = heard()
    soundness.notice(error(code))
    expect(states).toEqual([])
    soundness.require()
  },
)

test('what is worse is told, and what is not is told once', () => {
  const { soundness, states } = heard()
  for (let i = 0; i < 3; i++) soundness.notice(error('SQLITE_CORRUPT'))
  soundness.report({ state: 'disowned', error: new StorageLost('the lock was deleted') })
  soundness.notice(error('SQLITE_CORRUPT'))
  soundness.notice(new StorageLost('the file was deleted'))
  soundness.report({ state: 'disowned', error: new StorageLost('the lock was deleted') })
  expect(states).toEqual(['damaged', 'disowned', 'untrusted'])
})

test('a fault from before is told to whoever asks later', () => {
  const soundness = new Soundness()
  soundness.notice(error('SQLITE_CORRUPT'))
  const states: string[] = []
  soundness.onFault(({ state }) => states.push(state))
  expect(states).toEqual(['damaged'])
})

test('damage lets those in who look; what is no more ours lets nobody in', () => {
  const { soundness } = heard()
  soundness.notice(error('SQLITE_CORRUPT'))
  soundness.requireOwned()
  expect(() => soundness.require()).toThrow('The database is damaged.')
  soundness.notice(error('SQLITE_NOTADB'))
  expect(() => soundness.requireOwned()).toThrow('cannot be trusted any more')
})
