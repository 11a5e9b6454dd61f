import type { AnyElysia } from 'elysia'
import { agentAdminRoutes, type AgentAdminDeps } from './agents/admin-routes.ts'
import { agentListRoutes } from './agents/list-routes.ts'
import { agentRoutes } from './agents/routes.ts'
import { alertAdminRoutes } from './alerts/admin-routes.ts'
import { keyAdminRoutes } from './api-keys/admin-routes.ts'
import { keyRoutes } from './api-keys/routes.ts'
import { auditAdminRoutes } from './audit/admin-routes.ts'
import { type PlaygroundDeps, playgroundRoutes } from './chat/admin-routes.ts'
import { type ChatRouteDeps, chatRoutes } from './chat/routes.ts'
import { embedRoutes } from './gateway/gemini/embed-routes.ts'
import { generateRoutes } from './gateway/gemini/generate-routes.ts'
import { geminiModelRoutes } from './gateway/gemini/model-routes.ts'
import { type MessageRouteDeps, messageRoutes } from './gateway/messages/message-routes.ts'
import { modelRoutes } from './gateway/models/model-routes.ts'
import type { ModelDeps } from './gateway/models/models.ts'
import { type GatewayRouteDeps, openAiRoutes } from './gateway/routes.ts'
import { type KeptResponseDeps, keptResponseRoutes } from './gateway/responses/kept/routes.ts'
import { mount } from './http/mount.ts'
import { type HealthDeps, healthRoutes } from './platform/health-routes.ts'
import { type OperatorDeps, operatorRoutes } from './platform/operator-routes.ts'
import { type PlatformDeps, platformRoutes } from './platform/admin-routes.ts'
import { type ProvisioningDeps, provisioningRoutes } from './provisioning/admin-routes.ts'
import { runListAdminRoutes, runListRoutes } from './runs/list-routes.ts'
import { type RunRouteDeps, runRoutes } from './execution/run-routes.ts'
import { runHistoryAdminRoutes } from './runs/admin-routes.ts'
import { runHistoryRoutes } from './runs/routes.ts'
import { tenantAdminRoutes, type TenantRouteDeps } from './tenants/admin-routes.ts'
import { tenantListRoutes } from './tenants/list-routes.ts'
import { meRoutes } from './api-keys/me-routes.ts'
import { tenantUsageRoutes, type TenantUsageDeps } from './platform/tenant-usage-routes.ts'
import { usageReportRoutes } from './usage/report-routes.ts'
import { usageRoutes } from './usage/routes.ts'

export type RouteDeps = AgentAdminDeps &
  ChatRouteDeps &
  GatewayRouteDeps &
  HealthDeps &
  KeptResponseDeps &
  MessageRouteDeps &
  ModelDeps &
  OperatorDeps &
  PlatformDeps &
  PlaygroundDeps &
  ProvisioningDeps &
  RunRouteDeps &
  TenantRouteDeps &
  TenantUsageDeps

/** Mounts every route of the two API documents, the compatible and the open ones. No logic. */
export function mountRoutes(app: AnyElysia, deps: RouteDeps): AnyElysia {
  mount(app, '', [healthRoutes(deps)])
  mount(app, '/v1', [
    agentRoutes(deps),
    runRoutes(deps),
    runHistoryRoutes(deps),
    runListRoutes(deps),
    chatRoutes(deps),
    openAiRoutes(deps),
    keptResponseRoutes(deps),
    messageRoutes(deps),
    modelRoutes(deps),
    usageRoutes(deps),
    keyRoutes(deps),
    meRoutes(deps),
  ])
  mount(app, '/v1beta', [generateRoutes(deps), embedRoutes(deps), geminiModelRoutes(deps)])
  mount(app, '/api/admin', [
    tenantAdminRoutes(deps),
    tenantListRoutes(deps),
    provisioningRoutes(deps),
    keyAdminRoutes(deps),
    agentAdminRoutes(deps),
    runHistoryAdminRoutes(deps),
    agentListRoutes(deps),
    tenantUsageRoutes(deps),
    usageReportRoutes(deps),
    runListAdminRoutes(deps),
    playgroundRoutes(deps),
    platformRoutes(deps),
    operatorRoutes(deps),
    alertAdminRoutes(deps),
    auditAdminRoutes(deps),
  ])
  return app
}
