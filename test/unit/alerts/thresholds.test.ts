import { expect, test } from 'bun:test'
import { quotaMessage, type Severity, thresholdReached } from '../../../src/alerts/thresholds.ts'

const cases: [
  limit: number | null,
  used: number,
  percent: number | null,
  severity: Severity | null,
][] = [
  [null, 1e9, null, null],
  [100, 79, null, null],
  [1000, 799, null, null],
  [100, 80, 80, 'warning'],
  [1000, 899, 80, 'warning'],
  [100, 90, 90, 'critical'],
  [1000, 999, 90, 'critical'],
  [100, 100, 100, 'critical'],
  [100, 500, 100, 'critical'],
  [0, 0, 100, 'critical'],
  [1, 0, null, null],
  [1, 1, 100, 'critical'],
]

test.each(cases)('of %p, %i used reaches %p', (limit, used, percent, severity) => {
  const reached = thresholdReached(limit, used)
  expect(reached?.percent ?? null).toBe(percent)
  expect(reached?.severity ?? null).toBe(severity)
})

test('the sentences', () => {
  expect(quotaMessage('acme-corp', 'tokens', 92)).toBe(
    'Tenant acme-corp approaching token quota (92%)',
  )
  expect(quotaMessage('acme-corp', 'runs', 80)).toBe('Tenant acme-corp approaching run quota (80%)')
  expect(quotaMessage('acme-corp', 'tokens', 100)).toBe(
    'Tenant acme-corp reached its token quota (100%)',
  )
  expect(quotaMessage('acme-corp', 'runs', 134)).toBe(
    'Tenant acme-corp reached its run quota (100%)',
  )
})
