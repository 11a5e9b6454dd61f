import { HOST_PATTERN } from '../names.ts'
import { Type } from '@sinclair/typebox'
import {
  defaulted,
  ENV_NAME,
  HEADER_VALUE,
  LARGEST_BODY_BYTES,
  LONGEST_TIMER_MS,
  MODEL_ID,
  MOST_BODY_BYTES,
  MOST_IN_FLIGHT,
  MOST_PENDING,
  SHORTEST_ADMIN_SECRET,
  table,
} from './schema-parts.ts'

/** `[server]`. */
export const Server = table('The HTTP server.', {
  host: defaulted(
    '127.0.0.1',
    Type.String({
      pattern: HOST_PATTERN,
      allowed: 'an IP address or host name, without scheme and port',
      description: 'The address to listen on; `0.0.0.0` or `::` for every interface.',
    }),
  ),
  port: defaulted(
    3000,
    Type.Integer({
      minimum: 0,
      maximum: 65_535,
      description: 'The TCP port; 0 takes a free one, which the line `listening on …` tells.',
    }),
  ),
  max_body_bytes: defaulted(
    1_048_576,
    Type.Integer({
      minimum: 1024,
      maximum: LARGEST_BODY_BYTES,
      description: 'The largest request body, in bytes; a larger one is refused with 413.',
    }),
  ),
  max_compatible_body_bytes: defaulted(
    33_554_432,
    Type.Integer({
      minimum: 1024,
      maximum: LARGEST_BODY_BYTES,
      description:
        'The same for the compatible routes, whose conversations carry images and documents.',
    }),
  ),
  max_bodies_in_flight_bytes: defaulted(
    268_435_456,
    Type.Integer({
      minimum: 1024,
      maximum: MOST_BODY_BYTES,
      description:
        'The bodies of all requests without an answer yet, in bytes; what arrives beyond it is refused with 503, or with 429 where a quarter of it (or one of the largest size) is one tenant’s. Those of operators do not count.',
    }),
  ),
  cors_origins: defaulted(
    [],
    Type.Array(Type.String({ allowed: 'an exact origin such as "https://app.example.com"' }), {
      allowed: 'a list of exact origins such as "https://app.example.com", or ["*"]',
      description: 'Origins of web pages whose scripts may call the API; empty for none.',
    }),
  ),
  trusted_proxies: defaulted(
    [],
    Type.Array(Type.String({ allowed: 'an IP address or CIDR network such as "10.0.0.0/8"' }), {
      allowed: 'a list of IP addresses and CIDR networks such as "10.0.0.0/8"',
      description: 'Proxies whose `X-Forwarded-For` or `Forwarded` is believed; empty for none.',
    }),
  ),
  shutdown_timeout_s: defaulted(
    30,
    Type.Integer({
      minimum: 1,
      maximum: Math.floor(LONGEST_TIMER_MS / 1000),
      description:
        'How long running requests may take to finish after SIGTERM or SIGINT, in seconds.',
    }),
  ),
  log_level: defaulted(
    'info',
    Type.Union(
      [Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')],
      { description: 'The least serious kind of event that is logged.' },
    ),
  ),
  max_in_flight: defaulted(
    4000,
    Type.Integer({
      minimum: 1,
      maximum: MOST_IN_FLIGHT,
      description:
        'Runs and chats under way at once, streams included; a further one is refused with 503.',
    }),
  ),
  max_in_flight_per_tenant: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_IN_FLIGHT,
      fallback: 'a quarter of `max_in_flight`',
      description:
        'The same for each tenant; a further one is refused with 429. At most `max_in_flight`.',
    }),
  ),
  max_pending_requests: defaulted(
    10_000,
    Type.Integer({
      minimum: 1,
      maximum: MOST_PENDING,
      description:
        'Requests without an answer yet, those whose body is still arriving included; a further one is refused with 503. Those of operators, `/health` and `/ready` do not count.',
    }),
  ),
  max_pending_requests_per_tenant: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_PENDING,
      fallback: 'a quarter of `max_pending_requests`',
      description: 'The same for each tenant; a further one is refused with 429.',
    }),
  ),
  max_answer_bytes: defaulted(
    67_108_864,
    Type.Integer({
      minimum: 1_048_576,
      maximum: LARGEST_BODY_BYTES * 64,
      description:
        'Bytes of all answers under way, from when they are made until the client has read them; a further one is refused with 503, or with 429 where a quarter of it is one tenant’s. Those of operators are never refused. A single answer may be longer.',
    }),
  ),
  tls_cert: Type.Optional(
    Type.String({
      minLength: 1,
      allowed: 'a path, relative to the file',
      fallback: 'none (plain HTTP)',
      description:
        'Certificate chain (PEM), together with `tls_key`; neither means plain HTTP, for a proxy in front.',
    }),
  ),
  tls_key: Type.Optional(
    Type.String({
      minLength: 1,
      allowed: 'a path, relative to the file',
      writeOnly: true,
      fallback: 'none (plain HTTP)',
      description: 'Private key (PEM), together with `tls_cert`.',
    }),
  ),
})

/** `[admin]`. */
export const Admin = table(
  'The operator’s credential, sent as `X-Admin-Secret`. Give at most one of `secret` and `secret_env`.',
  {
    secret: Type.Optional(
      Type.String({
        minLength: SHORTEST_ADMIN_SECRET,
        pattern: HEADER_VALUE.pattern,
        allowed: `at least ${SHORTEST_ADMIN_SECRET} ${HEADER_VALUE.allowed}`,
        writeOnly: true,
        fallback: 'generated',
        description:
          'The admin secret itself. Without it and `secret_env`, one is generated at first start and kept beside the database.',
      }),
    ),
    secret_env: Type.Optional(
      Type.String({
        ...ENV_NAME,
        fallback: 'none',
        description: 'The environment variable that holds the admin secret. It must be set.',
      }),
    ),
    max_failures_per_minute: defaulted(
      10,
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description:
          'Wrong secrets from one address (IPv6: one /64 network); also the size of a burst. Beyond it, wrong ones from there are refused with 429 until a place in the burst is free again; the right one is always let in.',
      }),
    ),
  },
)

/** `[database]`. */
export const Database = table('Where ARES keeps its data.', {
  url: defaulted(
    'sqlite:data/ares.db',
    Type.String({
      allowed:
        '"sqlite:" and a path, relative to the file, or "postgres://user:password@host/database"',
      writeOnly: true,
      description:
        'An SQLite file, which is created with its folder at the first start, or a database on a PostgreSQL server (13 or later), which several nodes may share.',
    }),
  ),
  max_waiting_writes: defaulted(
    10_000,
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description:
        'Writes that wait for the disk; with more, what would begin something (a run, a change by an operator) is refused with 503. The end of a run is always taken.',
    }),
  ),
  pool: defaulted(
    8,
    Type.Integer({
      minimum: 3,
      maximum: 200,
      description: 'PostgreSQL: connections of this node at most.',
    }),
  ),
  statement_timeout_ms: defaulted(
    10_000,
    Type.Integer({
      minimum: 100,
      maximum: LONGEST_TIMER_MS,
      description: 'PostgreSQL: what takes longer is given up and answered with 503.',
    }),
  ),
  acquire_timeout_ms: defaulted(
    5000,
    Type.Integer({
      minimum: 100,
      maximum: LONGEST_TIMER_MS,
      description: 'PostgreSQL: who waits longer for a connection is answered with 503.',
    }),
  ),
  prepared_statements: defaulted(
    true,
    Type.Boolean({
      description:
        'PostgreSQL: `false` behind a pooler that gives each transaction another connection, as pgbouncer does in its transaction mode.',
    }),
  ),
})

/** `[defaults]`. */
export const Defaults = table('What holds where nothing else is said.', {
  model: Type.Optional(
    Type.String({
      ...MODEL_ID,
      allowed: 'the id of a model of an enabled provider',
      fallback: 'the first configured model',
      description: 'The model of built-in templates whose own model is not configured.',
    }),
  ),
})

const AMOUNT = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER, fallback: 'no limit' }

const TierLimits = {
  runs_per_month: Type.Optional(
    Type.Integer({ ...AMOUNT, description: 'Agent runs and chats in a calendar month (UTC).' }),
  ),
  tokens_per_month: Type.Optional(
    Type.Integer({
      ...AMOUNT,
      description: 'Prompt and completion tokens in a calendar month (UTC).',
    }),
  ),
  requests_per_minute: Type.Optional(
    Type.Integer({
      ...AMOUNT,
      description: 'Requests of one tenant under /v1; also the size of a burst.',
    }),
  ),
}

function tier(runs: number, tokens: number, requests: number) {
  const limits = { runs_per_month: runs, tokens_per_month: tokens, requests_per_minute: requests }
  return defaulted(
    limits,
    table('The limits of this tier; one left out is no limit, 0 allows nothing.', TierLimits),
  )
}

/** `[tiers.*]`. Source: contract 2.7. */
export const Tiers = table(
  'What the plans allow. A tier in the file replaces that tier’s defaults as a whole.',
  {
    free: tier(1_000, 100_000, 60),
    dev: tier(10_000, 1_000_000, 300),
    pro: tier(100_000, 10_000_000, 3_000),
    enterprise: table('The limits of this tier; without any, there are none.', TierLimits),
  },
)
