import { describe, expect, test } from 'bun:test'
import { allowedBytes, dropBefore, oneStepOf, pagesToFree } from '../../../src/retention/due.ts'
import { firstIdAt } from '../../../src/run-ids.ts'

const NOW = new Date('2026-03-13T14:22:00.250Z')
const CONFIG = {
  contentDays: 30,
  maxDatabaseBytes: 1000 * 4096,
  authFailureDays: 7,
  lowDiskBytes: null,
  minDiskBytes: null,
}

function pages(page_count: number, freelist_count = 0) {
  return { page_count, freelist_count, page_size: 4096 }
}

/** Which of contents of these sizes one step drops. */
function droppedOf(...sizes: number[]): string[] {
  const contents = sizes.map((bytes, index) => ({ run_id: `${index}`, bytes }))
  return oneStepOf(contents).map(({ run_id }) => run_id)
}

test('the first id of a millisecond lies between the ids around it', () => {
  const ms = NOW.getTime()
  const ids = [Bun.randomUUIDv7('hex', ms - 1), firstIdAt(ms), Bun.randomUUIDv7('hex', ms)]
  expect(ids.toSorted()).toEqual(ids)
})

describe('what is dropped', () => {
  const aged = firstIdAt(NOW.getTime() - 30 * 24 * 3600 * 1000)
  const youngest = Bun.randomUUIDv7('hex', NOW.getTime())

  test('is what has aged while the file is small enough; free pages do not count', () => {
    expect(dropBefore(CONFIG, NOW, pages(1000), 1000 * 4096)).toBe(aged)
    expect(dropBefore(CONFIG, NOW, pages(1500, 500), 1000 * 4096)).toBe(aged)
  })

  test('is anything while the file is too large', () => {
    expect(dropBefore(CONFIG, NOW, pages(1001), 1000 * 4096) > youngest).toBe(true)
  })

  test('after 0 days is everything before now', () => {
    const before = dropBefore({ ...CONFIG, contentDays: 0 }, NOW, pages(1), 4096)
    expect(before).toBe(firstIdAt(NOW.getTime()))
  })

  test('after a hundred years is nothing', () => {
    const before = dropBefore({ ...CONFIG, contentDays: 36_500 }, NOW, pages(1), 4096)
    expect(before < firstIdAt(1)).toBe(true)
  })
})

test('on a short disk the file may take less than now by what is missing, and never more than configured', () => {
  expect(allowedBytes(CONFIG, 0, pages(5000))).toBe(1000 * 4096)
  expect(allowedBytes(CONFIG, 100 * 4096, pages(500))).toBe(400 * 4096)
  expect(allowedBytes(CONFIG, 100 * 4096, pages(5000))).toBe(1000 * 4096)
})

test('one step drops up to 1 MiB of text, but at least one content', () => {
  expect(droppedOf()).toEqual([])
  expect(droppedOf(10, 20, 30)).toEqual(['0', '1', '2'])
  expect(droppedOf(5_000_000, 1)).toEqual(['0'])
  expect(droppedOf(1000, 5_000_000, 1)).toEqual(['0'])
})

test('a tenth of the file stays free for what comes, and nothing when the disk is short', () => {
  expect(pagesToFree(pages(1000, 100), false)).toBe(0)
  expect(pagesToFree(pages(1000, 130), false)).toBe(30)
  expect(pagesToFree(pages(1000, 900), false)).toBe(64)
  expect(pagesToFree(pages(1000, 30), true)).toBe(30)
  expect(pagesToFree(pages(1000, 0), true)).toBe(0)
})
