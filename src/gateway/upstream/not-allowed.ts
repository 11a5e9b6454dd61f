/** The end of a refusal of what a provider's table in `ares.toml` could allow. */
export const NOT_ALLOWED = 'this provider’s operator has not allowed it here'
