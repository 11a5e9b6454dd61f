import type { AgentTemplate } from './config.ts'
import { EHB_TEMPLATES } from './templates/ehb.ts'
import { GENERIC_TEMPLATES } from './templates/generic.ts'
import { KASINO_TEMPLATES } from './templates/kasino.ts'

/**
 * The agents that provisioning clones when `ares.toml` says nothing else, product type by product type
 * and in the order in which a client gets them. Their models may have to be replaced by the default model.
 * Source: Admin API, "Provision a Client" and "List Agent Templates".
 */
export const BUILT_IN_TEMPLATES: AgentTemplate[] = [
  ...GENERIC_TEMPLATES,
  ...KASINO_TEMPLATES,
  ...EHB_TEMPLATES,
]
