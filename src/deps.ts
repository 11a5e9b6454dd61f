import { ProviderHealth, reviewProviderAlerts } from './alerts/provider-health.ts'
import { STRANGER_ALERT_STATEMENTS } from './alerts/stranger-alerts.ts'
import { reviewUntrustedProxyAlerts } from './alerts/untrusted-proxy-alerts.ts'
import { buildApp } from './app.ts'
import { touchKey } from './api-keys/store.ts'
import { AUTH_FAILURE_STATEMENTS } from './audit/auth-failure-entries.ts'
import { AuthFailures } from './door/auth-failures.ts'
import { createChat } from './chat/chat.ts'
import { createChatStream } from './chat/chat-stream.ts'
import type { Clock, Timer } from './clock.ts'
import type { Config } from './config/config.ts'
import { toTimestamp } from './db/columns.ts'
import type { AresDatabase } from './db/database.ts'
import type { Statement } from './db/statements.ts'
import { createCountTokens } from './gateway/upstream/count-tokens.ts'
import { createEmbed } from './gateway/embeddings/embeddings.ts'
import { createGateway } from './gateway/gateway.ts'
import { KEPT_RESPONSE_STATEMENTS } from './gateway/responses/kept/store.ts'
import { ForwardingNews } from './alerts/forwarding-news.ts'
import { FrontDoor } from './door/front-door.ts'
import { KeyExpiry } from './idempotency/key-expiry.ts'
import { IDEMPOTENCY_STATEMENTS } from './idempotency/store.ts'
import { AresError } from './errors.ts'
import type { Log } from './log.ts'
import { StorageWatch, type StorageWatchDeps } from './platform/storage-watch.ts'
import { writeReadiness } from './platform/store.ts'
import { buildCatalog } from './providers/catalog.ts'
import { UpstreamClients } from './providers/upstream-clients.ts'
import { DiskAlert } from './retention/disk-alert.ts'
import type { DiskSpace } from './retention/disk-space.ts'
import { DiskWatch } from './retention/disk-watch.ts'
import { RETENTION_STATEMENTS } from './retention/store.ts'
import { Sweeper } from './retention/sweeper.ts'
import { Upkeep } from './retention/upkeep.ts'
import { createExecute } from './execution/execute.ts'
import { Replies } from './http/replies.ts'
import { InFlight } from './execution/in-flight.ts'
import { LEDGER_STATEMENTS } from './ledger/ledger-statements.ts'
import { Ledger } from './ledger/ledger.ts'
import { LEASE_MS, Leases, SHARED_LEASE_MS } from './ledger/leases.ts'
import { lapseLeases, settleOrphans } from './ledger/recover.ts'
import { replyOfCutOff } from './runs/cut-off.ts'
import { createRunAgent } from './execution/run-agent.ts'
import { toolCatalog } from './tools/catalog.ts'
import { Activity } from './door/activity.ts'
import { ReplyBudget } from './limits/reply-budget.ts'
import { RateLimiter } from './limits/rate-limiter.ts'
import { SharedRates } from './limits/shared-rates.ts'
import { NeighbourWatch } from './platform/neighbour-watch.ts'
import { addApiCalls } from './usage/store.ts'

/** What the server is made from: everything that touches the world outside. */
export interface ServerDeps {
  config: Config
  adminSecret: string
  database: AresDatabase
  clock: Clock
  timer: Timer
  newId: () => string
  log: Log
  /** The room on the disk of the database. */
  diskSpace: () => Promise<DiskSpace>
  findDamage: StorageWatchDeps['findDamage']
  version: string
  /** Which process wrote a run. */
  nodeId: string
}

/** A server without its socket. */
export interface AresServer {
  handle: FrontDoor['handle']
  /** What is looked after from its start to the shutdown: the room on the disk, and the leases of runs. */
  upkeep: Pick<Upkeep, 'start' | 'round'>
  /** Keeps the runs under way from being taken for abandoned. */
  leases: Pick<Leases, 'renewDue'>
  /** Watches over the database file, likewise. */
  storage: Pick<StorageWatch, 'start' | 'end'>
  /** Writes what is gathered in memory: counted calls, last uses, failed secrets. */
  flush(): Promise<void>
  /** Refuses new requests, lets running ones finish for as long as given, then stops them; all are settled afterwards. */
  shutDown(graceMs: number): Promise<void>
}

/** The statements that plain-data changes may name. */
export const WRITER_STATEMENTS: Statement[] = [
  ...LEDGER_STATEMENTS,
  ...IDEMPOTENCY_STATEMENTS,
  ...RETENTION_STATEMENTS,
  ...KEPT_RESPONSE_STATEMENTS,
  ...AUTH_FAILURE_STATEMENTS,
  ...STRANGER_ALERT_STATEMENTS,
  addApiCalls,
  touchKey,
  writeReadiness,
]

/** Time for stopped runs to be settled. */
const SETTLE_MS = 5000

/** Wires the parts together by hand and settles what a crash left open. */
export async function assembleServer(deps: ServerDeps): Promise<AresServer> {
  const { config, database, clock, newId, log } = deps
  const { file, db, reads, writer, soundness, shared } = database
  const replies = new Replies(new ReplyBudget(config.server.maxAnswerBytes))
  const kept = { file, db, reads, writer, soundness, clock, newId }
  const base = { ...kept, config, replies, log, version: deps.version }
  const storage = new StorageWatch({ ...base, database, findDamage: deps.findDamage })
  const disk = new DiskWatch({
    ...base,
    diskSpace: deps.diskSpace,
    owedBytes: () => file.owedBytes(),
    alert: await DiskAlert.resume(base),
  })
  await disk.look()
  const upkeep = new Upkeep({ disk, sweeper: new Sweeper({ ...base, disk }), soundness, log })
  const leaseMs = shared ? SHARED_LEASE_MS : LEASE_MS
  const leases = new Leases({ ...base, nodeId: deps.nodeId, leaseMs })
  const ledger = new Ledger({ ...base, disk, leases })
  const recovery = { ...base, ledger }
  // Whoever began what is under way in a file of ours is dead; a neighbour on a server is not.
  if (!shared) await lapseLeases(recovery)
  const interrupted = await settleOrphans(recovery)
  if (interrupted > 0)
    log.warn('runs that the last stop interrupted were marked as failed', { runs: interrupted })

  const inFlight = new InFlight(config)
  const execute = createExecute({ ledger, clock, timer: deps.timer, inFlight })
  const activity = new Activity(writer, log)
  const authFailures = new AuthFailures(base)
  const forwarding = new ForwardingNews(base)
  await reviewUntrustedProxyAlerts(base, config.server.trustedProxies)
  const keyExpiry = new KeyExpiry(base)
  const alerted = await reviewProviderAlerts(base, enabledProviders(config))
  const health = new ProviderHealth({ ...base, alerted })
  const neighbours = shared && new NeighbourWatch({ ...recovery, health })
  const catalog = buildCatalog(config, {
    clock,
    random: Math.random,
    clients: new UpstreamClients(clock),
  })
  const spending = { ...base, disk, health, execute, catalog, tools: toolCatalog() }
  const app = buildApp({
    ...spending,
    replyOfCutOff: (runId) => replyOfCutOff(reads, runId),
    conditions: health,
    forwarding,
    storage,
    diskSpace: deps.diskSpace,
    nodeId: deps.nodeId,
    runAgent: createRunAgent(spending),
    chat: createChat(spending),
    chatStream: createChatStream(spending),
    gateway: createGateway(spending),
    embed: createEmbed(spending),
    countTokens: createCountTokens(spending),
    startedAt: toTimestamp(clock.now()),
  })
  let shuttingDown = false
  const door = new FrontDoor({
    ...base,
    adminSecret: deps.adminSecret,
    activity,
    authFailures,
    forwarding,
    rates: shared ? new SharedRates(shared.buckets, clock) : new RateLimiter(),
    app,
    requireOpen: () => {
      soundness.requireOwned()
      if (shuttingDown) throw new AresError('shutting_down', 'The server is shutting down.')
    },
  })
  const flush = async () => {
    await activity.flush()
    await authFailures.flush()
  }
  return {
    handle: (request, connection) => door.handle(request, connection),
    upkeep: {
      start() {
        upkeep.start()
        leases.start()
        neighbours?.start()
      },
      round: () => upkeep.round(),
    },
    leases,
    storage,
    flush,
    async shutDown(graceMs) {
      shuttingDown = true
      keyExpiry.stop()
      const ended = Promise.race([inFlight.whenIdle(), Bun.sleep(graceMs)])
      await Promise.all([upkeep.stop(), storage.stop(), neighbours?.stop(), ended])
      inFlight.abortAll()
      await Promise.race([inFlight.whenIdle(), Bun.sleep(SETTLE_MS)])
      await ledger.flush()
      leases.stop()
      await flush()
    },
  }
}

function enabledProviders({ providers }: Config): string[] {
  return providers.filter(({ enabled }) => enabled).map(({ name }) => name)
}
