import { describe, expect, test } from 'bun:test'
import type { RetentionConfig } from '../../../src/config/config.ts'
import {
  diskLevel,
  type DiskLevel,
  diskLimits,
  earliestDropMs,
  missingBytes,
} from '../../../src/retention/disk-level.ts'

const MIB = 1024 ** 2
const GIB = 1024 ** 3
const LIMITS = { lowBytes: 400, fullBytes: 80 }

function config(lowDiskBytes: number | null, minDiskBytes: number | null): RetentionConfig {
  return { contentDays: 30, maxDatabaseBytes: GIB, authFailureDays: 30, lowDiskBytes, minDiskBytes }
}

describe('limits', () => {
  const cases: [string, RetentionConfig, number, number, number][] = [
    ['of a large disk', config(null, null), 100 * GIB, 512 * MIB, 64 * MIB],
    ['of a small disk', config(null, null), 1000 * MIB, 100 * MIB, 20 * MIB],
    ['that are configured, on a small disk', config(200 * MIB, 50), GIB, 200 * MIB, 50],
    ['where only the low one is, below the other', config(10, null), 100 * GIB, 10, 10],
    ['that are switched off', config(0, null), 100 * GIB, 0, 0],
  ]
  test.each(cases)('%s', (_what, retention, totalBytes, lowBytes, fullBytes) => {
    expect(diskLimits(retention, totalBytes)).toEqual({ lowBytes, fullBytes })
  })
})

describe('levels', () => {
  const cases: [DiskLevel, number, DiskLevel][] = [
    ['enough', 400, 'enough'],
    ['enough', 399, 'low'],
    ['enough', 79, 'full'],
    ['low', 499, 'low'],
    ['low', 500, 'enough'],
    ['low', 80, 'low'],
    ['low', 79, 'full'],
    ['full', 99, 'full'],
    ['full', 100, 'low'],
    ['full', 499, 'low'],
    ['full', 500, 'enough'],
  ]
  test.each(cases)('%s, then %d free: %s', (before, freeBytes, after) => {
    expect(diskLevel({ freeBytes, totalBytes: 10_000 }, LIMITS, before)).toBe(after)
  })

  test('limits of 0 are never reached', () => {
    const off = { lowBytes: 0, fullBytes: 0 }
    expect(diskLevel({ freeBytes: 0, totalBytes: 1 }, off, 'enough')).toBe('enough')
  })
})

test('what is missing is what leads back to enough', () => {
  expect(missingBytes({ freeBytes: 120, totalBytes: 10_000 }, LIMITS)).toBe(380)
  expect(missingBytes({ freeBytes: 600, totalBytes: 10_000 }, LIMITS)).toBe(0)
})

test('the next lower level is reached when the fastest writer has used up the room above it', () => {
  const limits = { lowBytes: 50_000_000, fullBytes: 10_000_000 }
  const inMs = (freeBytes: number, level: DiskLevel) =>
    earliestDropMs({ freeBytes, totalBytes: GIB }, limits, level)
  expect(inMs(70_000_000, 'enough')).toBe(200)
  expect(inMs(55_000_000, 'low')).toBe(450)
  expect(inMs(5_000_000, 'low')).toBe(0)
  expect(inMs(5_000_000, 'full')).toBe(Infinity)
})
