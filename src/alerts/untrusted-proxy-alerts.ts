import type { Step } from '../db/change-batch.ts'
import { change, type ChangeDeps, type Stamp } from '../db/changes.ts'
import type { Db } from '../db/tables.ts'
import { isIn, networkList } from '../networks.ts'
import { resolveOpenAlerts } from './resolve-alerts.ts'
import { listOpenSubjects } from './store.ts'
import { raisingStrangerAlert } from './stranger-alerts.ts'

const KIND = 'untrusted_proxy'
/** Anybody can send the header; beyond it, that is no news. */
const MAX_ALERTS = 8

/** Tells that a peer which is no trusted proxy names the clients of its requests. */
export function raisingUntrustedProxyAlert(stamp: Stamp, peer: string, header: string): Step {
  return raisingStrangerAlert(stamp, {
    kind: KIND,
    subject: peer,
    message: `${peer} sends ${header} and is not trusted: if it is a proxy of yours, add "${peer}" to server.trusted_proxies`,
    quietSince: stamp.now,
    most: MAX_ALERTS,
  })
}

/** Resolves the alerts of those that are trusted meanwhile. */
export async function reviewUntrustedProxyAlerts(
  deps: ChangeDeps & { db: Db },
  trustedProxies: string[],
): Promise<void> {
  const trusted = networkList(trustedProxies)
  const alerted = await listOpenSubjects(deps.db, KIND)
  const over = alerted.filter((peer) => isIn(trusted, peer))
  if (over.length === 0) return
  await change(deps, async (trx, stamp) => {
    for (const subject of over) await resolveOpenAlerts(trx, stamp, { kind: KIND, subject })
  })
}
