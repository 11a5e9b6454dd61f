/** Names of tenants and agents. Source: contract §3. */
export const NAME_PATTERN = '^(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*$'
