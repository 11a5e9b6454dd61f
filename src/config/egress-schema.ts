import { Type } from '@sinclair/typebox'
import { defaulted, ENV_NAME, table } from './schema-parts.ts'

/** The URL may hold a password, so that it is treated as a secret. */
const PROXY_URL = {
  minLength: 1,
  allowed: 'an http:// or https:// URL, with user and password where the proxy wants them',
  writeOnly: true,
}

/** What is called directly although there is a proxy: what runs on this machine. */
const LOOPBACK = ['localhost', '127.0.0.0/8', '::1']

/** `[egress]`. */
export const Egress = table(
  'How calls leave this machine. Nothing here is taken from `HTTPS_PROXY`, `NO_PROXY` and the like unless `proxy_env` names the variable.',
  {
    proxy: Type.Optional(
      Type.String({
        ...PROXY_URL,
        fallback: 'none',
        description:
          'The proxy through which providers are called. Give at most one of `proxy` and `proxy_env`.',
      }),
    ),
    proxy_env: Type.Optional(
      Type.String({
        ...ENV_NAME,
        fallback: 'none',
        description:
          'The environment variable that holds the URL of the proxy, such as `HTTPS_PROXY`. It must be set.',
      }),
    ),
    no_proxy: defaulted(
      LOOPBACK,
      Type.Array(
        Type.String({
          allowed:
            'a host name, which stands for all below it too, an IP address, a CIDR network, each with `:port` if only that is meant, or "*"',
        }),
        {
          allowed:
            'a list of host names, IP addresses and CIDR networks, each with `:port` if only that is meant, or ["*"]',
          description:
            'Hosts that are called directly: `example.com` (and `.example.com`) is that host and all below it, `10.0.0.0/8` are hosts that are given as such addresses (names are not looked up).',
        },
      ),
    ),
  },
)

/** The keys of `[[providers]]` that say how this one is reached. */
export const PROVIDER_PROXY = {
  proxy: Type.Optional(
    Type.String({
      ...PROXY_URL,
      allowed: `${PROXY_URL.allowed}, or "none"`,
      fallback: 'that of `[egress]`',
      description:
        'The proxy through which this provider is called, whatever `no_proxy` says; `none` calls it directly. At most one of `proxy` and `proxy_env`.',
    }),
  ),
  proxy_env: Type.Optional(
    Type.String({
      ...ENV_NAME,
      fallback: 'none',
      description: 'The environment variable that holds the URL of its proxy. It must be set.',
    }),
  ),
}
