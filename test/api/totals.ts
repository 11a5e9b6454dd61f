import { expect } from 'bun:test'
import { compareTotals } from '../../src/usage/compare-totals.ts'
import type { TestApp } from '../harness.ts'
import { until } from '../waiting.ts'

/** Re-adds every run of the database and holds every maintained total against it; returns how many runs there are. */
export async function expectTotalsMatch(app: Pick<TestApp, 'database'>): Promise<number> {
  const { runs, differences } = await compareTotals(app.database.db)
  expect(differences).toEqual([])
  return runs
}

/** Every run as the database has it, oldest first. */
export function allRuns(app: Pick<TestApp, 'database'>) {
  return app.database.db
    .selectFrom('runs')
    .leftJoin('run_contents', 'run_contents.run_id', 'runs.id')
    .selectAll('runs')
    .select(['run_contents.input', 'run_contents.output', 'run_contents.error'])
    .orderBy('runs.id')
    .execute()
}

/** Waits until no run is under way and gives all runs back. */
export async function settledRuns(app: Pick<TestApp, 'database'>, atLeast = 1) {
  let runs = await allRuns(app)
  await until(async () => {
    runs = await allRuns(app)
    return runs.length >= atLeast && runs.every((run) => run.status !== 'running')
  })
  return runs
}
