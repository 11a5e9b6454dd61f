import type { Migration } from 'kysely/migration'
import * as initial from './0001_initial.ts'
import * as idempotency from './0002_idempotency.ts'
import * as keyPowers from './0003_key_powers.ts'
import * as alertsByTime from './0004_alerts_by_time.ts'
import * as auditNumbers from './0005_audit_numbers.ts'
import * as cacheWrites from './0006_cache_writes.ts'
import * as agentChoices from './0007_agent_choices.ts'
import * as keptResponses from './0008_kept_responses.ts'

/** Every migration in order, imported statically so that the compiled binary carries it. Never edit a released one. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001_initial': initial,
  '0002_idempotency': idempotency,
  '0003_key_powers': keyPowers,
  '0004_alerts_by_time': alertsByTime,
  '0005_audit_numbers': auditNumbers,
  '0006_cache_writes': cacheWrites,
  '0007_agent_choices': agentChoices,
  '0008_kept_responses': keptResponses,
}
