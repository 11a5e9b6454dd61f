import { type AnyElysia, Elysia } from 'elysia'
import { agentAdminRoutes, type AgentAdminDeps } from './agents/admin-routes.ts'
import { agentListRoutes } from './agents/list-routes.ts'
import { agentRoutes } from './agents/routes.ts'
import { alertAdminRoutes } from './alerts/admin-routes.ts'
import { keyAdminRoutes } from './api-keys/admin-routes.ts'
import { keyRoutes } from './api-keys/routes.ts'
import { auditAdminRoutes } from './audit/admin-routes.ts'
import { type PlaygroundDeps, playgroundRoutes } from './chat/admin-routes.ts'
import { type ChatRouteDeps, chatRoutes } from './chat/routes.ts'
import { type MessageRouteDeps, messageRoutes } from './gateway/message-routes.ts'
import { modelRoutes } from './gateway/model-routes.ts'
import type { ModelDeps } from './gateway/models.ts'
import { type GatewayRouteDeps, openAiRoutes } from './gateway/routes.ts'
import { type HealthDeps, healthRoutes } from './platform/health-routes.ts'
import { type OperatorDeps, operatorRoutes } from './platform/operator-routes.ts'
import { type PlatformDeps, platformRoutes } from './platform/admin-routes.ts'
import { type ProvisioningDeps, provisioningRoutes } from './provisioning/admin-routes.ts'
import { runListAdminRoutes, runListRoutes } from './runs/list-routes.ts'
import { type RunRouteDeps, runRoutes } from './runs/routes.ts'
import { tenantAdminRoutes, type TenantRouteDeps } from './tenants/admin-routes.ts'
import { tenantListRoutes } from './tenants/list-routes.ts'
import { meRoutes } from './tenants/routes.ts'
import { usageAdminRoutes, type UsageAdminDeps } from './usage/admin-routes.ts'
import { usageReportRoutes } from './usage/report-routes.ts'
import { usageRoutes } from './usage/routes.ts'

export type RouteDeps = AgentAdminDeps &
  ChatRouteDeps &
  GatewayRouteDeps &
  HealthDeps &
  MessageRouteDeps &
  ModelDeps &
  OperatorDeps &
  PlatformDeps &
  PlaygroundDeps &
  ProvisioningDeps &
  RunRouteDeps &
  TenantRouteDeps &
  UsageAdminDeps

/** Every route of the two API documents, the compatible and the open ones. No logic. */
export function routes(deps: RouteDeps): AnyElysia {
  return new Elysia({ name: 'routes' })
    .use(healthRoutes(deps))
    .group('/v1', (v1) =>
      v1
        .use(agentRoutes(deps))
        .use(runRoutes(deps))
        .use(runListRoutes(deps))
        .use(chatRoutes(deps))
        .use(openAiRoutes(deps))
        .use(messageRoutes(deps))
        .use(modelRoutes(deps))
        .use(usageRoutes(deps))
        .use(keyRoutes(deps))
        .use(meRoutes(deps)),
    )
    .group('/api/admin', (admin) =>
      admin
        .use(tenantAdminRoutes(deps))
        .use(tenantListRoutes(deps))
        .use(provisioningRoutes(deps))
        .use(keyAdminRoutes(deps))
        .use(agentAdminRoutes(deps))
        .use(agentListRoutes(deps))
        .use(usageAdminRoutes(deps))
        .use(usageReportRoutes(deps))
        .use(runListAdminRoutes(deps))
        .use(playgroundRoutes(deps))
        .use(platformRoutes(deps))
        .use(operatorRoutes(deps))
        .use(alertAdminRoutes(deps))
        .use(auditAdminRoutes(deps)),
    )
}
