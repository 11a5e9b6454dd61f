import { expect, test } from 'bun:test'
import { AresError } from '../../../src/errors.ts'
import { Notes } from '../../../src/form/notes.ts'

function thrownBy(notes: Notes): AresError | undefined {
  try {
    notes.throwIfAny()
    return undefined
  } catch (error) {
    return error as AresError
  }
}

test('one answer names every mistake once', () => {
  const notes = new Notes()
  notes.refuse('/seed')
  notes.refuse('/tools/0/type', 'expected function')
  notes.refuse('/seed')

  const error = thrownBy(notes)
  expect(error).toBeInstanceOf(AresError)
  expect(error?.message).toBe(
    '/seed: this cannot be honoured by the model asked for; /tools/0/type: expected function.',
  )
  expect(error?.details?.map(({ path }) => path)).toEqual(['/seed', '/tools/0/type'])
})

test('what has no place in the client’s request is adapted', () => {
  const notes = new Notes()
  notes.refuse(undefined)
  expect(thrownBy(notes)).toBeUndefined()
})

test('hints are told, not refused', () => {
  const notes = new Notes()
  notes.leaveOut('/verbosity')
  notes.leaveOut('/verbosity')
  notes.leaveOut('/messages/0/name')

  expect(thrownBy(notes)).toBeUndefined()
  expect(notes.leftOut).toEqual(['/verbosity', '/messages/0/name'])
})

test('unknown fields are named as pointers', () => {
  const notes = new Notes()
  notes.refuseUnknown({ known: 1, 'a/b': 2, 'c~d': 3, none: null }, new Set(['known']), '/x')
  expect(thrownBy(notes)?.details?.map(({ path }) => path)).toEqual(['/x/a~1b', '/x/c~0d'])
})
