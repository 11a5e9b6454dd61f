// Generated from the OpenAPI document by `bun run types:console`; a test holds it against the API.

/** Every operation: what its path and query take, what it is sent, what it answers. */
export interface Api {
  'GET /api/admin/agent-list': {
    path: undefined
    query: {
      q?: string
      sort?: 'tenant' | 'name' | 'agent_type' | 'status' | 'total_runs'
      order?: 'asc' | 'desc'
      page?: number
      per_page?: number
    }
    body: undefined
    reply: {
      agents: ({
        id: string
        name: string
        agent_type: string
        status: 'active' | 'paused'
        model: string
        total_runs: number
        success_rate: number | null
        tenant_id: string
        tenant_name: string
      })[]
      total: number
      page: number
      per_page: number
    }
  }
  'GET /api/admin/agent-templates': {
    path: undefined
    query: {
      product_type?: string
    }
    body: undefined
    reply: {
      templates: ({
        name: string
        agent_type: string
        product_type: string
        config: {
          model: string
          system_prompt?: string
          tools?: (string)[]
          max_tokens?: number
          temperature?: number
          top_p?: number
          metadata?: Record<string, unknown>
        }
      })[]
    }
  }
  'GET /api/admin/agents': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      agents: ({
        id: string
        name: string
        agent_type: string
        status: 'active' | 'paused'
        model: string
        total_runs: number
        success_rate: number | null
        tenant_id: string
        tenant_name: string
      })[]
    }
  }
  'GET /api/admin/alerts': {
    path: undefined
    query: {
      severity?: 'info' | 'warning' | 'critical'
      resolved?: boolean
      tenant_id?: string
      limit?: number
      cursor?: string
    }
    body: undefined
    reply: {
      alerts: ({
        id: string
        severity: 'info' | 'warning' | 'critical'
        message: string
        tenant_id: string | null
        created_at: string
        resolved: boolean
        resolved_at: string | null
      })[]
      next_cursor: string | null
    }
  }
  'POST /api/admin/alerts/{id}/resolve': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      id: string
      severity: 'info' | 'warning' | 'critical'
      message: string
      tenant_id: string | null
      created_at: string
      resolved: boolean
      resolved_at: string | null
    }
  }
  'GET /api/admin/audit-log': {
    path: undefined
    query: {
      action?: string
      actor?: string
      tenant_id?: string
      from?: string
      to?: string
      limit?: number
      cursor?: string
    }
    body: undefined
    reply: {
      entries: ({
        id: string
        seq: number | null
        action: string
        actor: string
        details: Record<string, unknown>
        timestamp: string
      })[]
      next_cursor: string | null
    }
  }
  'GET /api/admin/models': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      models: ({
        id: string
        provider: string
        context_length: number
        supports_tools: boolean
        available: boolean
      })[]
    }
  }
  'POST /api/admin/models/{id}/test': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      ok: boolean
      latency_ms: number
      text?: string
      error?: string
      usage: {
        input_tokens: number
        output_tokens: number
        cached_tokens: number
        estimated: boolean
      }
    }
  }
  'GET /api/admin/overview': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      today: {
        runs: number
        failed_runs: number
        tokens: number
        cost_micro_usd: number
      }
      month: {
        runs: number
        failed_runs: number
        tokens: number
        cost_micro_usd: number
      }
      latency: {
        runs: number
        p50_ms: number | null
        p95_ms: number | null
        overhead_p50_ms: number | null
        overhead_p95_ms: number | null
      }
      open_alerts: number
      running: number
      top_tenants: ({
        tenant_id: string
        tenant_name: string
        runs: number
        tokens: number
      })[]
      providers: ({
        name: string
        type: 'openai' | 'anthropic' | 'gemini' | 'demo'
        available: boolean
        enabled: boolean
        healthy: boolean
        state: 'never_called' | 'healthy' | 'failing' | 'key_refused' | 'unreachable'
        recent_calls: number
        recent_failures: number
        models: number
        open_alert_id: string | null
      })[]
    }
  }
  'POST /api/admin/provision-client': {
    path: undefined
    query: undefined
    body: {
      name: string
      tier: 'free' | 'dev' | 'pro' | 'enterprise'
      product_type: string
      api_key_name: string
    }
    reply: {
      tenant_id: string
      tenant_name: string
      tier: 'free' | 'dev' | 'pro' | 'enterprise'
      product_type: string
      api_key_id: string
      api_key_prefix: string
      raw_api_key: string
      agents_created: (string)[]
    }
  }
  'GET /api/admin/runs': {
    path: undefined
    query: {
      tenant_id?: string
      agent?: string
      status?: 'running' | 'completed' | 'failed'
      kind?: 'run' | 'chat' | 'completion' | 'text_completion' | 'message' | 'response' | 'generation' | 'embedding'
      model?: string
      from?: string
      to?: string
      q?: string
      limit?: number
      cursor?: string
    }
    body: undefined
    reply: {
      runs: ({
        id: string
        agent_id: string | null
        agent: string | null
        kind: 'run' | 'chat' | 'completion' | 'text_completion' | 'message' | 'response' | 'generation' | 'embedding'
        status: 'running' | 'completed' | 'failed'
        model: string
        started_at: string
        duration_ms: number | null
        overhead_ms: number | null
        input_tokens: number
        output_tokens: number
        cached_tokens: number
        cache_write_tokens: number
        tokens_estimated: boolean
        error_code: string | null
        tenant_id: string
        tenant_name: string
        provider: string
        key_prefix: string | null
        cost_micro_usd: number | null
      })[]
      next_cursor: string | null
      searched: number | null
    }
  }
  'GET /api/admin/runs/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      id: string
      agent_id: string | null
      agent: string | null
      kind: 'run' | 'chat' | 'completion' | 'text_completion' | 'message' | 'response' | 'generation' | 'embedding'
      status: 'running' | 'completed' | 'failed'
      model: string
      started_at: string
      duration_ms: number | null
      overhead_ms: number | null
      input_tokens: number
      output_tokens: number
      cached_tokens: number
      cache_write_tokens: number
      tokens_estimated: boolean
      error_code: string | null
      tenant_id: string
      tenant_name: string
      provider: string
      key_prefix: string | null
      cost_micro_usd: number | null
      agent_version: number | null
      input: Record<string, unknown> | null
      output: Record<string, unknown> | null
      error: string | null
      content_expired?: true
      key_id: string
    }
  }
  'GET /api/admin/series': {
    path: undefined
    query: {
      days?: number
      tenant_id?: string
      by?: 'day' | 'model' | 'tenant'
      limit?: number
    }
    body: undefined
    reply: {
      from: string
      to: string
      rows: ({
        date?: string
        model?: string
        tenant_id?: string
        tenant_name?: string
        runs: number
        failed_runs: number
        input_tokens: number
        output_tokens: number
        cached_tokens: number
        cost_micro_usd: number
      })[]
    }
  }
  'GET /api/admin/settings': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      version: string
      node: string
      started_at: string
      uptime_s: number
      database: {
        kind: 'sqlite' | 'postgres'
        size_bytes: number
        log_bytes: number
        disk_free_bytes: number | null
        schema_version: string
      }
      untrusted_proxies: (string)[]
      configuration: {
        source: 'file' | 'built_in'
        server: {
          host: string
          port: number
          max_body_bytes: number
          max_compatible_body_bytes: number
          max_bodies_in_flight_bytes: number
          cors_origins: (string)[]
          trusted_proxies: (string)[]
          shutdown_timeout_s: number
          log_level: string
          max_in_flight: number
          max_in_flight_per_tenant: number
          max_pending_requests: number
          max_pending_requests_per_tenant: number
          max_answer_bytes: number
          tls: 'set' | 'missing'
        }
        admin: {
          secret: 'set' | 'generated'
          max_failures_per_minute: number
        }
        database: {
          kind: 'sqlite' | 'postgres'
          max_waiting_writes: number
        }
        defaults: {
          model: string
        }
        retention: {
          content_days: number
          max_database_bytes: number
          auth_failure_days: number
          low_disk_bytes: number | null
          min_disk_bytes: number | null
        }
        providers: ({
          name: string
          type: string
          enabled: boolean
          base_url: 'set' | 'missing'
          api_key: 'set' | 'missing'
          proxy: 'set' | 'missing'
          connect_timeout_ms: number
          first_byte_timeout_ms: number
          idle_timeout_ms: number
          timeout_ms: number
          max_retries: number
          max_response_bytes: number
          max_in_flight: number
          allow_fields: (string)[]
          allow_remote_media: boolean
          models: ({
            id: string
            upstream_id: string
            context_length: number
            supports_tools: boolean
            input_usd_per_mtok: number | null
            output_usd_per_mtok: number | null
            cached_input_usd_per_mtok: number | null
            cache_write_usd_per_mtok: number | null
          })[]
        })[]
      }
      tiers: {
        free: {
          runs_per_month: number | null
          tokens_per_month: number | null
          requests_per_minute: number | null
        }
        dev: {
          runs_per_month: number | null
          tokens_per_month: number | null
          requests_per_minute: number | null
        }
        pro: {
          runs_per_month: number | null
          tokens_per_month: number | null
          requests_per_minute: number | null
        }
        enterprise: {
          runs_per_month: number | null
          tokens_per_month: number | null
          requests_per_minute: number | null
        }
      }
      tools: ({
        name: string
        description: string
      })[]
      product_types: ({
        product_type: string
        templates: ({
          name: string
          agent_type: string
          config: {
            model: string
            system_prompt?: string
            tools?: (string)[]
            max_tokens?: number
            temperature?: number
            top_p?: number
            metadata?: Record<string, unknown>
          }
        })[]
      })[]
    }
  }
  'GET /api/admin/stats': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      total_tenants: number
      total_agents: number
      total_runs_today: number
      total_tokens_today: number
      active_alerts: number
    }
  }
  'GET /api/admin/tenant-list': {
    path: undefined
    query: {
      q?: string
      status?: 'active' | 'suspended'
      tier?: 'free' | 'dev' | 'pro' | 'enterprise'
      sort?: 'name' | 'created_at' | 'runs_month' | 'tokens_month'
      order?: 'asc' | 'desc'
      page?: number
      per_page?: number
    }
    body: undefined
    reply: {
      tenants: ({
        id: string
        name: string
        tier: 'free' | 'dev' | 'pro' | 'enterprise'
        status: 'active' | 'suspended'
        created_at: string
        agents: number
        keys: number
        runs_month: number
        tokens_month: number
        runs_limit: number | null
        tokens_limit: number | null
      })[]
      total: number
      page: number
      per_page: number
    }
  }
  'POST /api/admin/tenants': {
    path: undefined
    query: undefined
    body: {
      name: string
      tier: 'free' | 'dev' | 'pro' | 'enterprise'
    }
    reply: {
      id: string
      name: string
      tier: 'free' | 'dev' | 'pro' | 'enterprise'
      status: 'active' | 'suspended'
      created_at: string
    }
  }
  'GET /api/admin/tenants': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      tenants: ({
        id: string
        name: string
        tier: 'free' | 'dev' | 'pro' | 'enterprise'
        status: 'active' | 'suspended'
        created_at: string
        agent_count: number
      })[]
    }
  }
  'GET /api/admin/tenants/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      id: string
      name: string
      tier: 'free' | 'dev' | 'pro' | 'enterprise'
      status: 'active' | 'suspended'
      created_at: string
      agent_count: number
      api_key_count: number
      total_runs: number
      total_tokens: number
    }
  }
  'PATCH /api/admin/tenants/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: {
      status: 'active' | 'suspended'
    }
    reply: {
      id: string
      name: string
      tier: 'free' | 'dev' | 'pro' | 'enterprise'
      status: 'active' | 'suspended'
      created_at: string
    }
  }
  'DELETE /api/admin/tenants/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: undefined
  }
  'GET /api/admin/tenants/{id}/agents': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      agents: ({
        id: string
        name: string
        agent_type: string
        status: 'active' | 'paused'
        model: string
        total_runs: number
        success_rate: number | null
      })[]
    }
  }
  'POST /api/admin/tenants/{id}/agents': {
    path: {
      id: string
    }
    query: undefined
    body: {
      name: string
      agent_type: string
      status?: 'active' | 'paused'
      config: {
        model: string
        system_prompt?: string
        tools?: (string)[]
        max_tokens?: number
        temperature?: number
        top_p?: number
        metadata?: Record<string, unknown>
      }
    }
    reply: {
      id: string
      name: string
      agent_type: string
      status: 'active' | 'paused'
      config: {
        model: string
        system_prompt?: string
        tools?: (string)[]
        max_tokens?: number
        temperature?: number
        top_p?: number
        metadata?: Record<string, unknown>
      }
      created_at: string
      last_run: string | null
      total_runs: number
      success_rate: number | null
      tenant_id: string
    }
  }
  'GET /api/admin/tenants/{id}/agents/{name}': {
    path: {
      id: string
      name: string
    }
    query: undefined
    body: undefined
    reply: {
      id: string
      name: string
      agent_type: string
      status: 'active' | 'paused'
      config: {
        model: string
        system_prompt?: string
        tools?: (string)[]
        max_tokens?: number
        temperature?: number
        top_p?: number
        metadata?: Record<string, unknown>
      }
      created_at: string
      last_run: string | null
      total_runs: number
      success_rate: number | null
      tenant_id: string
    }
  }
  'PUT /api/admin/tenants/{id}/agents/{name}': {
    path: {
      id: string
      name: string
    }
    query: undefined
    body: {
      name?: string
      agent_type?: string
      status?: 'active' | 'paused'
      config?: {
        model?: string
        system_prompt?: string | null
        tools?: (string)[] | null
        max_tokens?: number | null
        temperature?: number | null
        top_p?: number | null
        metadata?: Record<string, unknown> | null
      }
    }
    reply: {
      id: string
      name: string
      agent_type: string
      status: 'active' | 'paused'
      config: {
        model: string
        system_prompt?: string
        tools?: (string)[]
        max_tokens?: number
        temperature?: number
        top_p?: number
        metadata?: Record<string, unknown>
      }
      created_at: string
      last_run: string | null
      total_runs: number
      success_rate: number | null
      tenant_id: string
    }
  }
  'DELETE /api/admin/tenants/{id}/agents/{name}': {
    path: {
      id: string
      name: string
    }
    query: undefined
    body: undefined
    reply: undefined
  }
  'GET /api/admin/tenants/{id}/agents/{name}/runs': {
    path: {
      id: string
      name: string
    }
    query: {
      limit?: number
    }
    body: undefined
    reply: {
      runs: ({
        id: string
        status: 'running' | 'completed' | 'failed'
        started_at: string
        duration_ms: number | null
        tokens_used: number
        tokens_estimated: boolean
        model: string
        error: string | null
      })[]
    }
  }
  'GET /api/admin/tenants/{id}/agents/{name}/stats': {
    path: {
      id: string
      name: string
    }
    query: undefined
    body: undefined
    reply: {
      agent_name: string
      total_runs: number
      successful_runs: number
      failed_runs: number
      success_rate: number | null
      avg_duration_ms: number | null
      avg_tokens: number | null
      last_run: string | null
    }
  }
  'POST /api/admin/tenants/{id}/api-keys': {
    path: {
      id: string
    }
    query: undefined
    body: {
      name: string
      expires_in_days?: number
      scopes?: ('run' | 'chat' | 'read' | 'keys')[] | null
      allowed_agents?: (string)[] | null
      allowed_models?: (string)[] | null
      allowed_networks?: (string)[] | null
      runs_per_month?: number | null
      tokens_per_month?: number | null
    }
    reply: {
      id: string
      raw_key: string
      name: string
      prefix: string
      created_at: string
      expires_at: string | null
      powers?: {
        scopes: ('run' | 'chat' | 'read' | 'keys')[] | null
        allowed_agents: (string)[] | null
        allowed_models: (string)[] | null
        allowed_networks: (string)[] | null
        runs_per_month: number | null
        tokens_per_month: number | null
      }
    }
  }
  'GET /api/admin/tenants/{id}/api-keys': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      keys: ({
        id: string
        name: string
        prefix: string
        created_at: string
        expires_at: string | null
        powers?: {
          scopes: ('run' | 'chat' | 'read' | 'keys')[] | null
          allowed_agents: (string)[] | null
          allowed_models: (string)[] | null
          allowed_networks: (string)[] | null
          runs_per_month: number | null
          tokens_per_month: number | null
        }
        last_used: string | null
      })[]
    }
  }
  'PATCH /api/admin/tenants/{id}/api-keys/{key_id}': {
    path: {
      id: string
      key_id: string
    }
    query: undefined
    body: {
      name?: string
      expires_at?: string | null
      expires_in_days?: number
      scopes?: ('run' | 'chat' | 'read' | 'keys')[] | null
      allowed_agents?: (string)[] | null
      allowed_models?: (string)[] | null
      allowed_networks?: (string)[] | null
      runs_per_month?: number | null
      tokens_per_month?: number | null
    }
    reply: {
      id: string
      name: string
      prefix: string
      created_at: string
      expires_at: string | null
      powers?: {
        scopes: ('run' | 'chat' | 'read' | 'keys')[] | null
        allowed_agents: (string)[] | null
        allowed_models: (string)[] | null
        allowed_networks: (string)[] | null
        runs_per_month: number | null
        tokens_per_month: number | null
      }
      last_used: string | null
    }
  }
  'DELETE /api/admin/tenants/{id}/api-keys/{key_id}': {
    path: {
      id: string
      key_id: string
    }
    query: undefined
    body: undefined
    reply: undefined
  }
  'POST /api/admin/tenants/{id}/api-keys/{key_id}/rotate': {
    path: {
      id: string
      key_id: string
    }
    query: undefined
    body: {
      overlap_seconds?: number
      expires_in_days?: number
    }
    reply: {
      id: string
      raw_key: string
      name: string
      prefix: string
      created_at: string
      expires_at: string | null
      powers?: {
        scopes: ('run' | 'chat' | 'read' | 'keys')[] | null
        allowed_agents: (string)[] | null
        allowed_models: (string)[] | null
        allowed_networks: (string)[] | null
        runs_per_month: number | null
        tokens_per_month: number | null
      }
      replaces: string
      old_key_expires_at: string
    }
  }
  'POST /api/admin/tenants/{id}/chat/stream': {
    path: {
      id: string
    }
    query: undefined
    body: {
      messages: ({
        role: 'system' | 'user' | 'assistant'
        content: string
      })[]
      model?: string
      agent_type?: string
      max_tokens?: number
      temperature?: number
      agent?: string
    }
    reply: {
      delta: string
      finish_reason: 'stop' | 'length' | 'content_filter' | 'error' | null
      tokens_used?: number
      error?: string
    }
  }
  'PUT /api/admin/tenants/{id}/quota': {
    path: {
      id: string
    }
    query: undefined
    body: {
      tier: 'free' | 'dev' | 'pro' | 'enterprise'
    }
    reply: {
      id: string
      name: string
      tier: 'free' | 'dev' | 'pro' | 'enterprise'
      status: 'active' | 'suspended'
      created_at: string
    }
  }
  'GET /api/admin/tenants/{id}/usage': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      tenant_id: string
      tenant_name: string
      tier: string
      period_start: string
      period_end: string
      total_runs: number
      total_tokens: number
      quota_runs: number | null
      quota_tokens: number | null
    }
  }
  'GET /api/admin/tenants/{id}/usage/daily': {
    path: {
      id: string
    }
    query: {
      days?: number
    }
    body: undefined
    reply: {
      daily: ({
        date: string
        runs: number
        tokens: number
      })[]
    }
  }
  'GET /api/admin/usage.csv': {
    path: undefined
    query: {
      days?: number
      tenant_id?: string
    }
    body: undefined
    reply: string
  }
  'GET /v1/agents': {
    path: undefined
    query: {
      page?: number
      per_page?: number
    }
    body: undefined
    reply: {
      agents: ({
        id: string
        name: string
        agent_type: string
        status: 'active' | 'paused'
        config: {
          model: string
          tools: (string)[]
        }
        created_at: string
        last_run: string | null
        total_runs: number
        success_rate: number | null
      })[]
      total: number
      page: number
      per_page: number
    }
  }
  'GET /v1/agents/{name}': {
    path: {
      name: string
    }
    query: undefined
    body: undefined
    reply: {
      id: string
      name: string
      agent_type: string
      status: 'active' | 'paused'
      config: {
        model: string
        system_prompt?: string
        tools?: (string)[]
        max_tokens?: number
        temperature?: number
        top_p?: number
        metadata?: Record<string, unknown>
      }
      created_at: string
      last_run: string | null
      total_runs: number
      success_rate: number | null
    }
  }
  'POST /v1/agents/{name}/run': {
    path: {
      name: string
    }
    query: undefined
    body: {
      input: {
        message: string
        context?: Record<string, unknown>
      }
    }
    reply: {
      id: string
      agent_id: string | null
      status: 'running' | 'completed' | 'failed'
      input: Record<string, unknown> | null
      output: Record<string, unknown> | null
      content_expired?: true
      error: string | null
      started_at: string
      finished_at: string | null
      duration_ms: number | null
      tokens_used: number
      tokens_estimated: boolean
      model: string
      overhead_ms: number | null
    }
  }
  'GET /v1/agents/{name}/runs': {
    path: {
      name: string
    }
    query: {
      page?: number
      per_page?: number
    }
    body: undefined
    reply: {
      runs: ({
        id: string
        agent_id: string | null
        status: 'running' | 'completed' | 'failed'
        input: Record<string, unknown> | null
        output: Record<string, unknown> | null
        content_expired?: true
        error: string | null
        started_at: string
        finished_at: string | null
        duration_ms: number | null
        tokens_used: number
        tokens_estimated: boolean
        model: string
        overhead_ms: number | null
        content_truncated?: true
        input_bytes?: number | null
        output_bytes?: number | null
      })[]
      total: number
      page: number
      per_page: number
    }
  }
  'GET /v1/api-keys': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      keys: ({
        id: string
        name: string
        prefix: string
        created_at: string
        expires_at: string | null
        powers?: {
          scopes: ('run' | 'chat' | 'read' | 'keys')[] | null
          allowed_agents: (string)[] | null
          allowed_models: (string)[] | null
          allowed_networks: (string)[] | null
          runs_per_month: number | null
          tokens_per_month: number | null
        }
        last_used: string | null
      })[]
    }
  }
  'POST /v1/api-keys': {
    path: undefined
    query: undefined
    body: {
      name: string
      expires_in_days?: number
      scopes?: ('run' | 'chat' | 'read' | 'keys')[] | null
      allowed_agents?: (string)[] | null
      allowed_models?: (string)[] | null
      allowed_networks?: (string)[] | null
      runs_per_month?: number | null
      tokens_per_month?: number | null
    }
    reply: {
      key: string
      secret: string
      name: string
      prefix: string
      created_at: string
      expires_at: string | null
      powers?: {
        scopes: ('run' | 'chat' | 'read' | 'keys')[] | null
        allowed_agents: (string)[] | null
        allowed_models: (string)[] | null
        allowed_networks: (string)[] | null
        runs_per_month: number | null
        tokens_per_month: number | null
      }
    }
  }
  'PATCH /v1/api-keys/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: {
      name?: string
      expires_at?: string | null
      expires_in_days?: number
      scopes?: ('run' | 'chat' | 'read' | 'keys')[] | null
      allowed_agents?: (string)[] | null
      allowed_models?: (string)[] | null
      allowed_networks?: (string)[] | null
      runs_per_month?: number | null
      tokens_per_month?: number | null
    }
    reply: {
      id: string
      name: string
      prefix: string
      created_at: string
      expires_at: string | null
      powers?: {
        scopes: ('run' | 'chat' | 'read' | 'keys')[] | null
        allowed_agents: (string)[] | null
        allowed_models: (string)[] | null
        allowed_networks: (string)[] | null
        runs_per_month: number | null
        tokens_per_month: number | null
      }
      last_used: string | null
    }
  }
  'DELETE /v1/api-keys/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: undefined
  }
  'POST /v1/api-keys/{id}/rotate': {
    path: {
      id: string
    }
    query: undefined
    body: {
      overlap_seconds?: number
      expires_in_days?: number
    }
    reply: {
      key: string
      secret: string
      name: string
      prefix: string
      created_at: string
      expires_at: string | null
      powers?: {
        scopes: ('run' | 'chat' | 'read' | 'keys')[] | null
        allowed_agents: (string)[] | null
        allowed_models: (string)[] | null
        allowed_networks: (string)[] | null
        runs_per_month: number | null
        tokens_per_month: number | null
      }
      replaces: string
      old_key_expires_at: string
    }
  }
  'POST /v1/chat': {
    path: undefined
    query: undefined
    body: {
      messages: ({
        role: 'system' | 'user' | 'assistant'
        content: string
      })[]
      model?: string
      agent_type?: string
      max_tokens?: number
      temperature?: number
    }
    reply: {
      id: string
      content: string
      model: string
      tokens_used: number
      tokens_estimated: boolean
      finish_reason: 'stop' | 'length' | 'content_filter' | 'error'
    }
  }
  'POST /v1/chat/completions': {
    path: undefined
    query: undefined
    body: {
      model: string
      messages: ({
        role: 'system' | 'developer' | 'user' | 'assistant' | 'tool'
        content?: string | ({
          type: string
          text?: string | null
          image_url?: {
            url: string
          } | string | null
          refusal?: string | null
          file?: Record<string, unknown> | null
        })[] | null
        tool_calls?: ({
          id: string
          type?: string | null
          function?: {
            name: string
            arguments: string
          } | null
          custom?: {
            name: string
            input: string
          } | null
        })[] | null
        tool_call_id?: string | null
        refusal?: string | null
      })[]
      stream?: boolean | null
      stream_options?: {
        include_usage?: boolean | null
      } | null
      max_tokens?: number | null
      max_completion_tokens?: number | null
      temperature?: number | null
      top_p?: number | null
      n?: number | null
      stop?: string | (string)[] | null
      seed?: number | null
      presence_penalty?: number | null
      frequency_penalty?: number | null
      logprobs?: boolean | null
      top_logprobs?: number | null
      tools?: ({
        type: string
        function?: {
          name: string
          description?: string | null
          parameters?: Record<string, unknown> | null
        } | null
        custom?: {
          name: string
          description?: string | null
        } | null
      })[] | null
      tool_choice?: 'none' | 'auto' | 'required' | 'any' | {
        type: string
      } | null
      parallel_tool_calls?: boolean | null
      response_format?: {
        type: string
        json_schema?: {
          name: string
        } | null
      } | null
      user?: string | null
    }
    reply: {
      id?: string
      object?: string
      created?: number
      model?: string
      choices: ({
        message: Record<string, unknown>
      })[]
      usage?: unknown
    }
  }
  'POST /v1/chat/stream': {
    path: undefined
    query: undefined
    body: {
      messages: ({
        role: 'system' | 'user' | 'assistant'
        content: string
      })[]
      model?: string
      agent_type?: string
      max_tokens?: number
      temperature?: number
    }
    reply: {
      delta: string
      finish_reason: 'stop' | 'length' | 'content_filter' | 'error' | null
      tokens_used?: number
      error?: string
    }
  }
  'POST /v1/completions': {
    path: undefined
    query: undefined
    body: {
      model: string
      prompt: string | (string)[]
      stream?: boolean | null
      stream_options?: {
        include_usage?: boolean | null
      } | null
      max_tokens?: number | null
      temperature?: number | null
      top_p?: number | null
      n?: number | null
      stop?: string | (string)[] | null
      presence_penalty?: number | null
      frequency_penalty?: number | null
      logprobs?: number | null
      echo?: boolean | null
      suffix?: string | null
      user?: string | null
    }
    reply: {
      id?: string
      object?: string
      created?: number
      model?: string
      choices: ({
        text: string
      })[]
      usage?: unknown
    }
  }
  'POST /v1/embeddings': {
    path: undefined
    query: undefined
    body: {
      model: string
      input: string | (string)[] | (number)[] | ((number)[])[]
      encoding_format?: 'float' | 'base64'
      dimensions?: number
      user?: string
    }
    reply: {
      data: (Record<string, unknown>)[]
      usage?: unknown
    }
  }
  'GET /v1/me': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      tenant: {
        id: string
        name: string
        tier: 'free' | 'dev' | 'pro' | 'enterprise'
        status: 'active' | 'suspended'
      }
      key: {
        id: string
        name: string
        prefix: string
        created_at: string
        expires_at: string | null
        powers?: {
          scopes: ('run' | 'chat' | 'read' | 'keys')[] | null
          allowed_agents: (string)[] | null
          allowed_models: (string)[] | null
          allowed_networks: (string)[] | null
          runs_per_month: number | null
          tokens_per_month: number | null
        }
        last_used: string | null
      }
      limits: {
        runs_per_month: number | null
        tokens_per_month: number | null
        requests_per_minute: number | null
      }
    }
  }
  'POST /v1/messages': {
    path: undefined
    query: undefined
    body: {
      model: string
      messages: ({
        role: 'user' | 'assistant' | 'system'
        content: string | ({
          type: string
        })[]
      })[]
      system?: string | ({
        type: string
      })[] | null
      tools?: (Record<string, unknown>)[] | null
      tool_choice?: {
        type: 'auto' | 'any' | 'tool' | 'none'
        name?: string | null
        disable_parallel_tool_use?: boolean | null
      } | null
      thinking?: {
        type: string
      } | null
      thread?: null
      max_tokens: number
      stream?: boolean | null
      stop_sequences?: (string)[] | null
      temperature?: number | null
      top_p?: number | null
      top_k?: number | null
      metadata?: Record<string, unknown> | null
      service_tier?: string | null
      output_config?: Record<string, unknown> | null
    }
    reply: {
      id?: string
      type?: string
      role?: string
      model?: string
      content: ({
        type: string
      })[]
      stop_reason?: unknown
      usage?: unknown
    }
  }
  'POST /v1/messages/count_tokens': {
    path: undefined
    query: undefined
    body: {
      model: string
      messages: ({
        role: 'user' | 'assistant' | 'system'
        content: string | ({
          type: string
        })[]
      })[]
      system?: string | ({
        type: string
      })[] | null
      tools?: (Record<string, unknown>)[] | null
      tool_choice?: {
        type: 'auto' | 'any' | 'tool' | 'none'
        name?: string | null
        disable_parallel_tool_use?: boolean | null
      } | null
      thinking?: {
        type: string
      } | null
      thread?: null
    }
    reply: {
      input_tokens: number
    }
  }
  'GET /v1/models': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      object: 'list'
      data: ({
        id: string
        object: 'model'
        created: number
        owned_by: string
        context_length: number
        max_output_tokens?: number
        supports_tools: boolean
        supports_thinking?: boolean
        supports_images?: boolean
        input_usd_per_mtok?: number
        output_usd_per_mtok?: number
        cached_input_usd_per_mtok?: number
        cache_write_usd_per_mtok?: number
      })[]
    } | {
      data: ({
        type: 'model'
        id: string
        display_name: string
        created_at: string
        context_length: number
        max_output_tokens?: number
        supports_tools: boolean
        supports_thinking?: boolean
        supports_images?: boolean
        input_usd_per_mtok?: number
        output_usd_per_mtok?: number
        cached_input_usd_per_mtok?: number
        cache_write_usd_per_mtok?: number
      })[]
      has_more: false
      first_id: string | null
      last_id: string | null
    }
  }
  'GET /v1/models/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      id: string
      object: 'model'
      created: number
      owned_by: string
      context_length: number
      max_output_tokens?: number
      supports_tools: boolean
      supports_thinking?: boolean
      supports_images?: boolean
      input_usd_per_mtok?: number
      output_usd_per_mtok?: number
      cached_input_usd_per_mtok?: number
      cache_write_usd_per_mtok?: number
    } | {
      type: 'model'
      id: string
      display_name: string
      created_at: string
      context_length: number
      max_output_tokens?: number
      supports_tools: boolean
      supports_thinking?: boolean
      supports_images?: boolean
      input_usd_per_mtok?: number
      output_usd_per_mtok?: number
      cached_input_usd_per_mtok?: number
      cache_write_usd_per_mtok?: number
    }
  }
  'POST /v1/responses': {
    path: undefined
    query: undefined
    body: {
      model: string
      input: string | ({
        type?: 'message'
        role: 'user' | 'assistant' | 'system' | 'developer'
        content: string | (unknown)[]
      } | {
        type: 'function_call'
        call_id: string
        name: string
        arguments: string
        namespace?: string | null
      } | {
        type: 'custom_tool_call'
        call_id: string
        name: string
        input: string
      } | {
        type: 'function_call_output' | 'custom_tool_call_output'
        call_id: string
        output: string | (unknown)[]
      } | {
        type: 'reasoning'
        summary?: ({
          text: string
        })[] | null
        content?: ({
          text: string
        })[] | null
        encrypted_content?: string | null
      } | {
        type: 'item_reference'
        id: string
      })[]
      instructions?: string | null
      tools?: ({
        type: 'function'
        name: string
        description?: string | null
        parameters?: Record<string, unknown> | null
        strict?: boolean | null
      } | {
        type: 'custom'
        name: string
        description?: string | null
        format?: unknown
      } | {
        type: 'namespace'
        name: string
        tools: (unknown)[]
      })[] | null
      tool_choice?: 'none' | 'auto' | 'required' | {
        type: 'allowed_tools'
        mode: 'auto' | 'required'
        tools: ({
          type: string
          name: string
        })[]
      } | null
      parallel_tool_calls?: boolean | null
      text?: {
        format?: {
          type: 'text' | 'json_object'
        } | {
          type: 'json_schema'
          name: string
          description?: string | null
          schema: Record<string, unknown>
          strict?: boolean | null
        } | null
        verbosity?: string | null
      } | null
      reasoning?: {
        effort?: string | null
      } | null
      max_output_tokens?: number | null
      temperature?: number | null
      top_p?: number | null
      top_logprobs?: number | null
      include?: (string)[] | null
      service_tier?: string | null
      user?: string | null
      stream?: boolean | null
      previous_response_id?: string | null
      store?: boolean | null
      metadata?: Record<string, unknown> | null
      safety_identifier?: string | null
      prompt_cache_key?: string | null
      prompt_cache_retention?: unknown
      prompt_cache_options?: unknown
      stream_options?: unknown
      client_metadata?: unknown
      context_management?: unknown
      moderation?: unknown
      truncation?: unknown
      max_tool_calls?: unknown
      background?: unknown
      conversation?: unknown
      prompt?: unknown
    }
    reply: {
      id: string
      object: 'response'
      created_at: number
      status: 'in_progress' | 'completed' | 'incomplete' | 'failed'
      error: {
        code: string
        message: string
      } | null
      incomplete_details: {
        reason: string
      } | null
      model: string
      output: ({
        id: string
        type: 'message'
        status: 'in_progress' | 'completed' | 'incomplete'
        role: 'assistant'
        content: ({
          type: 'output_text'
          text: string
          annotations: (unknown)[]
          logprobs: (unknown)[]
        } | {
          type: 'refusal'
          refusal: string
        })[]
      } | {
        id: string
        type: 'function_call'
        status: 'in_progress' | 'completed' | 'incomplete'
        call_id: string
        name: string
        namespace?: string
        arguments: string
      } | {
        id: string
        type: 'custom_tool_call'
        status: 'in_progress' | 'completed' | 'incomplete'
        call_id: string
        name: string
        input: string
      } | {
        id: string
        type: 'reasoning'
        status: 'in_progress' | 'completed' | 'incomplete'
        summary: ({
          type: 'summary_text'
          text: string
        })[]
        encrypted_content?: string
      })[]
      usage: {
        input_tokens: number
        input_tokens_details: {
          cached_tokens: number
          cache_write_tokens: number
        }
        output_tokens: number
        output_tokens_details: {
          reasoning_tokens: number
        }
        total_tokens: number
      } | null
      instructions: string | null
      max_output_tokens: number | null
      previous_response_id: string | null
      parallel_tool_calls: boolean
      temperature: number
      top_p: number
      top_logprobs: number
      tool_choice: unknown
      tools: ({
        type: string
      })[]
      text: {
        format: {
          type: string
        }
        verbosity: string
      }
      reasoning: {
        effort: string | null
        summary: string | null
      }
      metadata: Record<string, unknown>
      user: string | null
      safety_identifier: string | null
      prompt_cache_key: string | null
      access_programs: null
      background: false
      max_tool_calls: null
      truncation: 'disabled'
      store: boolean
    }
  }
  'GET /v1/responses/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      id: string
      object: 'response'
      created_at: number
      status: 'in_progress' | 'completed' | 'incomplete' | 'failed'
      error: {
        code: string
        message: string
      } | null
      incomplete_details: {
        reason: string
      } | null
      model: string
      output: ({
        id: string
        type: 'message'
        status: 'in_progress' | 'completed' | 'incomplete'
        role: 'assistant'
        content: ({
          type: 'output_text'
          text: string
          annotations: (unknown)[]
          logprobs: (unknown)[]
        } | {
          type: 'refusal'
          refusal: string
        })[]
      } | {
        id: string
        type: 'function_call'
        status: 'in_progress' | 'completed' | 'incomplete'
        call_id: string
        name: string
        namespace?: string
        arguments: string
      } | {
        id: string
        type: 'custom_tool_call'
        status: 'in_progress' | 'completed' | 'incomplete'
        call_id: string
        name: string
        input: string
      } | {
        id: string
        type: 'reasoning'
        status: 'in_progress' | 'completed' | 'incomplete'
        summary: ({
          type: 'summary_text'
          text: string
        })[]
        encrypted_content?: string
      })[]
      usage: {
        input_tokens: number
        input_tokens_details: {
          cached_tokens: number
          cache_write_tokens: number
        }
        output_tokens: number
        output_tokens_details: {
          reasoning_tokens: number
        }
        total_tokens: number
      } | null
      instructions: string | null
      max_output_tokens: number | null
      previous_response_id: string | null
      parallel_tool_calls: boolean
      temperature: number
      top_p: number
      top_logprobs: number
      tool_choice: unknown
      tools: ({
        type: string
      })[]
      text: {
        format: {
          type: string
        }
        verbosity: string
      }
      reasoning: {
        effort: string | null
        summary: string | null
      }
      metadata: Record<string, unknown>
      user: string | null
      safety_identifier: string | null
      prompt_cache_key: string | null
      access_programs: null
      background: false
      max_tool_calls: null
      truncation: 'disabled'
      store: boolean
    }
  }
  'DELETE /v1/responses/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      id: string
      object: 'response'
      deleted: true
    }
  }
  'GET /v1/runs': {
    path: undefined
    query: {
      agent?: string
      status?: 'running' | 'completed' | 'failed'
      kind?: 'run' | 'chat' | 'completion' | 'text_completion' | 'message' | 'response' | 'generation' | 'embedding'
      model?: string
      from?: string
      to?: string
      q?: string
      limit?: number
      cursor?: string
    }
    body: undefined
    reply: {
      runs: ({
        id: string
        agent_id: string | null
        agent: string | null
        kind: 'run' | 'chat' | 'completion' | 'text_completion' | 'message' | 'response' | 'generation' | 'embedding'
        status: 'running' | 'completed' | 'failed'
        model: string
        started_at: string
        duration_ms: number | null
        overhead_ms: number | null
        input_tokens: number
        output_tokens: number
        cached_tokens: number
        cache_write_tokens: number
        tokens_estimated: boolean
        error_code: string | null
      })[]
      next_cursor: string | null
      searched: number | null
    }
  }
  'GET /v1/runs/{id}': {
    path: {
      id: string
    }
    query: undefined
    body: undefined
    reply: {
      id: string
      agent_id: string | null
      agent: string | null
      kind: 'run' | 'chat' | 'completion' | 'text_completion' | 'message' | 'response' | 'generation' | 'embedding'
      status: 'running' | 'completed' | 'failed'
      model: string
      started_at: string
      duration_ms: number | null
      overhead_ms: number | null
      input_tokens: number
      output_tokens: number
      cached_tokens: number
      cache_write_tokens: number
      tokens_estimated: boolean
      error_code: string | null
      agent_version: number | null
      input: Record<string, unknown> | null
      output: Record<string, unknown> | null
      error: string | null
      content_expired?: true
    }
  }
  'GET /v1/usage': {
    path: undefined
    query: undefined
    body: undefined
    reply: {
      period_start: string
      period_end: string
      total_runs: number
      total_tokens: number
      quota_runs: number | null
      quota_tokens: number | null
      total_api_calls: number
      daily_usage: ({
        date: string
        runs: number
        tokens: number
        api_calls: number
      })[]
    }
  }
}
