import { aborts } from './aborts.ts'
import { clockJumps } from './clock-jumps.ts'
import { crashPoints } from './crash-points.ts'
import { damagedPages } from './damaged-pages.ts'
import { descriptors } from './descriptors.ts'
import { fuzz } from './fuzz.ts'
import { hostileAnswers } from './hostile-answers.ts'
import { ioErrors } from './io-errors.ts'
import { killCycles } from './kill-cycles.ts'
import { longAnswers } from './long-answers.ts'
import { movedFiles } from './moved-files.ts'
import { providerFaults } from './provider-faults.ts'
import { powerLoss } from './power-loss.ts'
import { proxies } from './proxies.ts'
import { quietStreams } from './quiet-streams.ts'
import { quota } from './quota.ts'
import { revocation } from './revocation.ts'
import type { Scenario } from './scenario.ts'
import { secrets } from './secrets.ts'
import { secretTiming } from './secret-timing.ts'
import { shutdown } from './shutdown.ts'
import { slowClients } from './slow-clients.ts'
import { slowDisk } from './slow-disk.ts'
import { spellings } from './spellings.ts'
import { stalls } from './stalls.ts'
import { strangers } from './strangers.ts'
import { syncOrder } from './sync-order.ts'
import { tenantMatrix } from './tenant-matrix.ts'

/** Everything that `bun run torture` plays, in this order: crashes and disks first, then what comes over the wire. */
export const SCENARIOS: readonly Scenario[] = [
  killCycles,
  crashPoints,
  ioErrors,
  damagedPages,
  movedFiles,
  syncOrder,
  powerLoss,
  slowDisk,
  shutdown,
  clockJumps,
  descriptors,
  quota,
  tenantMatrix,
  spellings,
  secretTiming,
  strangers,
  proxies,
  fuzz,
  stalls,
  hostileAnswers,
  providerFaults,
  revocation,
  aborts,
  slowClients,
  longAnswers,
  quietStreams,
  secrets,
]
