import type { Step } from '../db/change-batch.ts'
import type { Stamp } from '../db/changes.ts'
import { toTimestamp } from '../db/columns.ts'
import { raisingStrangerAlert } from './stranger-alerts.ts'

/** A network that goes on, or whose alert was resolved, is not told of again for this long. */
const QUIET_MS = 3_600_000
/** Beyond it, a swarm of attackers is no news. */
const MAX_ALERTS = 100

/** Tells that a network has sent so many wrong admin secrets that it has to wait; an operator resolves it. */
export function raisingAuthFailureAlert(stamp: Stamp, network: string): Step {
  return raisingStrangerAlert(stamp, {
    kind: 'auth_failures',
    subject: network,
    message: `Too many wrong admin secrets from ${network}`,
    quietSince: toTimestamp(new Date(Date.parse(stamp.now) - QUIET_MS)),
    most: MAX_ALERTS,
  })
}
