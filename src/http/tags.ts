/** The groups of the description, in the order in which the page shows them. */
export const TAGS = [
  { name: 'Agents', description: 'Agents of a tenant: what they are made of, and running them.' },
  {
    name: 'Chat',
    description: 'One message to a model or an agent, answered whole or as a stream.',
  },
  {
    name: 'Compatible APIs',
    description:
      'What clients of OpenAI, Anthropic and Google expect, in their own formats, errors included.',
  },
  {
    name: 'Runs',
    description: 'The record of what was run, with its contents as long as they are kept.',
  },
  { name: 'Usage', description: 'Runs, tokens and cost against quotas, by day and by month.' },
  { name: 'API keys', description: 'Keys of a tenant, and what each is limited to.' },
  { name: 'Tenants', description: 'The client organisations of a platform.' },
  { name: 'Provisioning', description: 'A new client in one step: tenant, agents and key.' },
  { name: 'Platform', description: 'What this server has and does: models, settings, totals.' },
  { name: 'Alerts and audit', description: 'What needs a look, and who changed what.' },
  { name: 'Health', description: 'For monitors and load balancers; open to everyone.' },
]
