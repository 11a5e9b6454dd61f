import type { Step } from '../db/change-batch.ts'
import type { Stamp } from '../db/changes.ts'
import { type Params, type Statement, statement } from '../db/statements.ts'

interface StrangerAlertParams extends Params {
  id: string
  message: string
  kind: string
  subject: string
  created_at: string
  quiet_since: string
  most: number
}

/** One statement with its conditions: what strangers cause is no transaction of its own. */
const raiseStrangerAlert = statement('raise_stranger_alert', (db, p: StrangerAlertParams) => {
  const told = db
    .selectFrom('alerts')
    .where('kind', '=', p.kind)
    .where((eb) => eb.or([eb('resolved_at', 'is', null), eb('created_at', '>=', p.quiet_since)]))
  return db
    .insertInto('alerts')
    .columns(['id', 'severity', 'message', 'kind', 'subject', 'created_at'])
    .expression(
      db
        .selectNoFrom((eb) => [
          eb.val(p.id).as('id'),
          eb.val('warning').as('severity'),
          eb.val(p.message).as('message'),
          eb.val(p.kind).as('kind'),
          eb.val(p.subject).as('subject'),
          eb.val(p.created_at).as('created_at'),
        ])
        .where((eb) => eb.not(eb.exists(told.select('id').where('subject', '=', p.subject))))
        .where((eb) => eb(told.select(eb.fn.countAll<number>().as('told')), '<', p.most)),
    )
})

/** What a stranger has caused, and how often that is told. */
export interface StrangerAlert {
  kind: string
  subject: string
  message: string
  /** Not while one of the subject is open, or was raised since. */
  quietSince: string
  /** Nor while so many of the kind are or were. */
  most: number
}

/** Opens a warning of the platform, unless it was told already. */
export function raisingStrangerAlert(
  { newId, now }: Stamp,
  { kind, subject, message, quietSince, most }: StrangerAlert,
): Step {
  const params: StrangerAlertParams = {
    id: newId(),
    message,
    kind,
    subject,
    created_at: now,
    quiet_since: quietSince,
    most,
  }
  return { statement: raiseStrangerAlert.name, params }
}

export const STRANGER_ALERT_STATEMENTS: Statement[] = [raiseStrangerAlert]
