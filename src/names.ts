/** Names of tenants and agents. Source: contract 3.8. */
export const NAME_PATTERN = '^(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*$'

/** Addresses to listen on: an IP address or host name, without scheme and port. */
export const HOST_PATTERN = '^[A-Za-z0-9.:_%-]+$'
