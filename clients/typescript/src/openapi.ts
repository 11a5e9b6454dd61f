/* Made from the server's OpenAPI document by `bun run generate`. Never changed by hand. */

export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alive */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ready: the database takes reads and writes */
        get: operations["getReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List agents */
        get: operations["getV1Agents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get agent details */
        get: operations["getV1AgentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{name}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run an agent
         * @description Answers 200 with the run also when the agent failed: then `status` is `failed` and `error` says why.
         */
        post: operations["postV1AgentsByNameRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List agent runs
         * @description Newest first. An answer has about 4 MiB: where more was said, the longest inputs and outputs are previews, marked with `content_truncated`. The `input` of a run under way or interrupted is null. With `content_expired`, input and output were dropped by retention, and `error` says what is still known.
         */
        get: operations["getV1AgentsByNameRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs and chats
         * @description Newest first, of all agents and models, without what was said.
         */
        get: operations["getV1Runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a run or chat */
        get: operations["getV1RunsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a chat message
         * @description `agent_type` picks the oldest active agent of that type, else the agent of that name; an explicit `model` wins.
         */
        post: operations["postV1Chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stream a chat response
         * @description Each event is one line, `data: {json}`; the last one has a `finish_reason`. There is no `[DONE]`. An `Idempotency-Key` is refused with 422.
         */
        post: operations["postV1ChatStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a chat completion
         * @description As OpenAI’s clients ask. `model` is a configured model or `agent:` and the name of an agent. Fields that are not listed are passed to OpenAI-compatible providers and refused by name for others; so are those that cost more or open addresses, unless the operator allows them. With `stream`, events end with `[DONE]`; an `Idempotency-Key` is refused with 400 then.
         */
        post: operations["postV1ChatCompletions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a response
         * @description As OpenAI’s clients ask. Unless `store` is false, the response is kept for as long as the contents of runs: `previous_response_id` goes on from it, and an `item_reference` stands for one of its items, with whatever model. With `stream`, an `Idempotency-Key` is refused with 400.
         */
        post: operations["postV1Responses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a completion
         * @description OpenAI’s legacy completions: relayed to OpenAI-compatible providers, for others and agents the text is what a user says. What those cannot be told, such as `suffix`, `echo` and `logprobs`, is refused by name. With `stream`, an `Idempotency-Key` is refused with 400.
         */
        post: operations["postV1Completions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create embeddings
         * @description Relayed to an OpenAI-compatible provider, fields that are not listed included, but for what the operator has to allow.
         */
        post: operations["postV1Embeddings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a response
         * @description As it was answered, while it is kept: for as long as the contents of runs, unless its request said `"store": false`.
         */
        get: operations["getV1ResponsesById"];
        put?: never;
        post?: never;
        /**
         * Delete a response
         * @description It can be referred to no more, nor can what goes on from it. The record of its run stays.
         */
        delete: operations["deleteV1ResponsesById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a message
         * @description As Anthropic’s clients ask, with the key in `x-api-key` or `Authorization`. `model` is a configured model or `agent:` and the name of an agent. Fields that are not listed, and `anthropic-beta`, are passed to providers that speak this format; fields are refused by name for others, and everywhere those that cost more or open addresses, unless the operator allows them. With `stream`, an `Idempotency-Key` is refused with 400.
         */
        post: operations["postV1Messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/count_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count the tokens of a message
         * @description By the provider where it counts, otherwise an estimate. Nothing is run or recorded.
         */
        post: operations["postV1MessagesCount_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models
         * @description The models that are set up, then the tenant’s active agents as `agent:{name}`. With an `anthropic-version` header in Anthropic’s form, with an `x-goog-api-client` as `/v1beta/models`.
         */
        get: operations["getV1Models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a model */
        get: operations["getV1ModelsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get usage summary
         * @description The current UTC calendar month; days without use are left out.
         */
        get: operations["getV1Usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Without revoked keys, with expired ones. Secrets are never shown again.
         */
        get: operations["getV1Api-keys"];
        put?: never;
        /**
         * Create API key
         * @description At most 100 live keys a tenant. The secret is returned only once. A key with limits makes only keys within its own.
         */
        post: operations["postV1Api-keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke API key
         * @description Invalid from the next request on. A key may revoke itself.
         */
        delete: operations["deleteV1Api-keysById"];
        options?: never;
        head?: never;
        /**
         * Change API key
         * @description Only what is given changes; null removes a limit. Counts from the next request of the key on.
         */
        patch: operations["patchV1Api-keysById"];
        trace?: never;
    };
    "/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate API key
         * @description A new key in the place of the old one: same name, powers and count of what was spent. A key may rotate itself.
         */
        post: operations["postV1Api-keysByIdRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whose key this is
         * @description The tenant, the key that asks with what it is limited to, and the limits of the tenant’s tier. It takes no scope: every key that works may ask.
         */
        get: operations["getV1Me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/models/{model}:generateContent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate content
         * @description As Google’s clients ask, with the key in `x-goog-api-key`. The model is a configured one or `agent:` and the name of an agent. Fields may be spelled `likeThis` or `like_this`; those that are not listed are passed to providers that speak this format, and refused by name for others.
         */
        post: operations["postV1betaModelsByModelGenerateContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/models/{model}:streamGenerateContent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stream generated content */
        post: operations["postV1betaModelsByModelStreamGenerateContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/models/{model}:countTokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count the tokens of content
         * @description By the provider where it counts, otherwise an estimate. Nothing is run or recorded.
         */
        post: operations["postV1betaModelsByModelCountTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/models/{model}:embedContent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Embed content
         * @description By whatever provider has embeddings of the model.
         */
        post: operations["postV1betaModelsByModelEmbedContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/models/{model}:batchEmbedContents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Embed contents
         * @description Several at once, with one `taskType`, `title` and `outputDimensionality` for all.
         */
        post: operations["postV1betaModelsByModelBatchEmbedContents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models in Google’s form
         * @description All of them on one page: the models that are set up, then the tenant’s active agents as `models/agent:{name}`.
         */
        get: operations["getV1betaModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1beta/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a model in Google’s form */
        get: operations["getV1betaModelsByModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tenants */
        get: operations["getApiAdminTenants"];
        put?: never;
        /** Create tenant */
        post: operations["postApiAdminTenants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get tenant details */
        get: operations["getApiAdminTenantsById"];
        put?: never;
        post?: never;
        /**
         * Delete tenant
         * @description Its keys die at once; its usage stays in the platform statistics.
         */
        delete: operations["deleteApiAdminTenantsById"];
        options?: never;
        head?: never;
        /** Suspend or reactivate a tenant */
        patch: operations["patchApiAdminTenantsById"];
        trace?: never;
    };
    "/api/admin/tenants/{id}/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Update tenant tier
         * @description Acts on the very next request of the tenant.
         */
        put: operations["putApiAdminTenantsByIdQuota"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenant-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search tenants
         * @description A page of the tenants that match, with what they have and have used this month.
         */
        get: operations["getApiAdminTenant-list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/provision-client": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Provision a client
         * @description Tenant, agents and key in one transaction: all of it or nothing. `raw_api_key` is returned only once.
         */
        post: operations["postApiAdminProvision-client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/agent-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List agent templates */
        get: operations["getApiAdminAgent-templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys for tenant */
        get: operations["getApiAdminTenantsByIdApi-keys"];
        put?: never;
        /**
         * Create API key for tenant
         * @description At most 100 live keys a tenant. `raw_key` is returned only once.
         */
        post: operations["postApiAdminTenantsByIdApi-keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke API key of tenant */
        delete: operations["deleteApiAdminTenantsByIdApi-keysByKey_id"];
        options?: never;
        head?: never;
        /**
         * Change API key of tenant
         * @description Only what is given changes; null removes a limit. Counts from the next request of the key on.
         */
        patch: operations["patchApiAdminTenantsByIdApi-keysByKey_id"];
        trace?: never;
    };
    "/api/admin/tenants/{id}/api-keys/{key_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate API key of tenant
         * @description A new key in the place of the old one: same name, powers and count of what was spent.
         */
        post: operations["postApiAdminTenantsByIdApi-keysByKey_idRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List agents of all tenants */
        get: operations["getApiAdminAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tenant agents */
        get: operations["getApiAdminTenantsByIdAgents"];
        put?: never;
        /** Create tenant agent */
        post: operations["postApiAdminTenantsByIdAgents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}/agents/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get tenant agent */
        get: operations["getApiAdminTenantsByIdAgentsByName"];
        /**
         * Update tenant agent
         * @description Changes only the fields given; inside `config` likewise, where null removes a field (not `model`).
         */
        put: operations["putApiAdminTenantsByIdAgentsByName"];
        post?: never;
        /**
         * Delete tenant agent
         * @description Its runs stay in the tenant’s totals; its name is free at once.
         */
        delete: operations["deleteApiAdminTenantsByIdAgentsByName"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}/agents/{name}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agent stats */
        get: operations["getApiAdminTenantsByIdAgentsByNameStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}/agents/{name}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agent run history */
        get: operations["getApiAdminTenantsByIdAgentsByNameRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/agent-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search agents
         * @description A page of the agents that match, with what became of their runs.
         */
        get: operations["getApiAdminAgent-list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tenant usage summary */
        get: operations["getApiAdminTenantsByIdUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}/usage/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Daily usage breakdown
         * @description Newest day first; days without use are left out.
         */
        get: operations["getApiAdminTenantsByIdUsageDaily"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage over days
         * @description By day: oldest first, days without use with zeros. By model or tenant: over all days, those with most runs first.
         */
        get: operations["getApiAdminSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage as a table
         * @description A row per tenant, day, model and kind, as RFC 4180 has it. A cell that a spreadsheet would take for a formula begins with an apostrophe.
         */
        get: operations["getApiAdminUsage.csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs and chats of all tenants
         * @description Newest first, without what was said. Those of deleted tenants are in it.
         */
        get: operations["getApiAdminRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a run or chat of any tenant */
        get: operations["getApiAdminRunsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tenants/{id}/chat/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat in a tenant’s name
         * @description Body and events as of `POST /v1/chat/stream`, but for `agent`, which names an agent whatever types there are. It counts as the tenant’s chat, against its quotas and within its places; only requests per minute are not counted. The run has the key id `operator`, and each request is in the audit log before it begins.
         */
        post: operations["postApiAdminTenantsByIdChatStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Platform stats */
        get: operations["getApiAdminStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List available models
         * @description All models of the enabled providers, in the order of the configuration.
         */
        get: operations["getApiAdminModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The platform at a glance */
        get: operations["getApiAdminOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Version, database, tools and effective configuration
         * @description Of secrets, addresses and paths only whether they are `set` or `missing`. Nothing is changed here: the file is.
         */
        get: operations["getApiAdminSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/models/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a model
         * @description A real call of a few tokens, charged to no tenant; takes no body. Answers 200 also when the call failed: then `ok` is false and `error` says why. At most 3 at once and 20 a minute. A `/` in the id is written `%2F`.
         */
        post: operations["postApiAdminModelsByIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List alerts */
        get: operations["getApiAdminAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/alerts/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve alert
         * @description Takes no body. Resolving twice changes nothing.
         */
        post: operations["postApiAdminAlertsByIdResolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit log
         * @description Newest first. Each entry was written in the transaction of the change it tells of. Wrong admin secrets (`admin.auth_failed`) are gathered: one entry at most every 55 seconds, with the `count` of all, the `address` with the most and, where there are several, `sources`. An answer ends after about 4 MiB, whatever was asked for; `next_cursor` goes on.
         */
        get: operations["getApiAdminAudit-log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                        version: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                        version: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getV1Agents: {
        parameters: {
            query?: {
                /** @description page number */
                page?: number;
                /** @description results per page; page × per_page goes up to 10,000 */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agents: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            agent_type: string;
                            /** @enum {string} */
                            status: "active" | "paused";
                            config: {
                                model: string;
                                tools: string[];
                            };
                            created_at: string;
                            last_run: string | null;
                            /** @description finished runs of the agent */
                            total_runs: number;
                            success_rate: number | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getV1AgentsByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        agent_type: string;
                        /** @enum {string} */
                        status: "active" | "paused";
                        config: {
                            /** @description the id of a configured model */
                            model: string;
                            /** @description what the model is told first */
                            system_prompt?: string;
                            /** @description names of tools the server runs for the model */
                            tools?: string[];
                            max_tokens?: number;
                            /** @description 0 to 1 on an Anthropic model */
                            temperature?: number;
                            top_p?: number;
                            /** @description any JSON object */
                            metadata?: {
                                [key: string]: unknown;
                            };
                        };
                        created_at: string;
                        last_run: string | null;
                        /** @description finished runs of the agent */
                        total_runs: number;
                        success_rate: number | null;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postV1AgentsByNameRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": {
                 *         "message": "Analyze the risk profile for transaction TX-9921",
                 *         "context": {
                 *           "amount": 15000,
                 *           "currency": "USD",
                 *           "merchant_category": "electronics"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    input: {
                        message: string;
                        /** @description free JSON, kept unchanged */
                        context?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        agent_id: string | null;
                        /** @enum {string} */
                        status: "running" | "completed" | "failed";
                        input: {
                            [key: string]: unknown;
                        } | null;
                        output: {
                            [key: string]: unknown;
                        } | null;
                        /**
                         * @description there when `input` and `output` are null because the content of the run is not kept any longer
                         * @constant
                         */
                        content_expired?: true;
                        error: string | null;
                        started_at: string;
                        finished_at: string | null;
                        duration_ms: number | null;
                        /** @description prompt and completion tokens of all model calls */
                        tokens_used: number;
                        /** @description true when a provider reported no usable figure */
                        tokens_estimated: boolean;
                        model: string;
                        overhead_ms: number | null;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getV1AgentsByNameRuns: {
        parameters: {
            query?: {
                /** @description page number */
                page?: number;
                /** @description results per page; page × per_page goes up to 10,000 */
                per_page?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: {
                            /** Format: uuid */
                            id: string;
                            agent_id: string | null;
                            /** @enum {string} */
                            status: "running" | "completed" | "failed";
                            input: {
                                [key: string]: unknown;
                            } | null;
                            output: {
                                [key: string]: unknown;
                            } | null;
                            /**
                             * @description there when `input` and `output` are null because the content of the run is not kept any longer
                             * @constant
                             */
                            content_expired?: true;
                            error: string | null;
                            started_at: string;
                            finished_at: string | null;
                            duration_ms: number | null;
                            /** @description prompt and completion tokens of all model calls */
                            tokens_used: number;
                            /** @description true when a provider reported no usable figure */
                            tokens_estimated: boolean;
                            model: string;
                            overhead_ms: number | null;
                            /**
                             * @description there when `input` or `output` is too long for a list: then it is a preview, `{"message": …}` with the first 2 KiB of the message (a `context` left out) or of the JSON of the output; `GET /v1/runs/{id}` has the whole
                             * @constant
                             */
                            content_truncated?: true;
                            input_bytes?: number | null;
                            output_bytes?: number | null;
                        }[];
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getV1Runs: {
        parameters: {
            query?: {
                /** @description name or id of the agent */
                agent?: string;
                /** @description only of this status */
                status?: "running" | "completed" | "failed";
                /** @description only of this kind */
                kind?: "run" | "chat" | "completion" | "text_completion" | "message" | "response" | "generation" | "embedding";
                /** @description only on this model */
                model?: string;
                /** @description from this moment on; UTC such as `2026-03-13T14:22:00Z`, or a day, which begins at midnight */
                from?: string;
                /** @description before this moment; UTC such as `2026-03-13T14:22:00Z`, or a day, which begins at midnight */
                to?: string;
                /** @description a text in input, output or error, whatever the case: looked for in the newest 10,000 runs that match the rest */
                q?: string;
                /** @description maximum results to return */
                limit?: number;
                /** @description `next_cursor` of an earlier answer to the same question: what comes after it */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: {
                            /** Format: uuid */
                            id: string;
                            agent_id: string | null;
                            agent: string | null;
                            /** @enum {string} */
                            kind: "run" | "chat" | "completion" | "text_completion" | "message" | "response" | "generation" | "embedding";
                            /** @enum {string} */
                            status: "running" | "completed" | "failed";
                            model: string;
                            started_at: string;
                            duration_ms: number | null;
                            overhead_ms: number | null;
                            input_tokens: number;
                            output_tokens: number;
                            /** @description part of the input tokens, from the provider’s cache */
                            cached_tokens: number;
                            /** @description part of the input tokens, written into the provider’s cache */
                            cache_write_tokens: number;
                            /** @description true when a provider reported no usable figure */
                            tokens_estimated: boolean;
                            error_code: string | null;
                        }[];
                        next_cursor: string | null;
                        searched: number | null;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getV1RunsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        agent_id: string | null;
                        agent: string | null;
                        /** @enum {string} */
                        kind: "run" | "chat" | "completion" | "text_completion" | "message" | "response" | "generation" | "embedding";
                        /** @enum {string} */
                        status: "running" | "completed" | "failed";
                        model: string;
                        started_at: string;
                        duration_ms: number | null;
                        overhead_ms: number | null;
                        input_tokens: number;
                        output_tokens: number;
                        /** @description part of the input tokens, from the provider’s cache */
                        cached_tokens: number;
                        /** @description part of the input tokens, written into the provider’s cache */
                        cache_write_tokens: number;
                        /** @description true when a provider reported no usable figure */
                        tokens_estimated: boolean;
                        error_code: string | null;
                        agent_version: number | null;
                        input: {
                            [key: string]: unknown;
                        } | null;
                        output: {
                            [key: string]: unknown;
                        } | null;
                        error: string | null;
                        /**
                         * @description there when `input` and `output` are null because the content of the run is not kept any longer
                         * @constant
                         */
                        content_expired?: true;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postV1Chat: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         {
                 *           "role": "user",
                 *           "content": "Summarize Q1 revenue trends."
                 *         }
                 *       ],
                 *       "model": "llama-3.3-70b"
                 *     }
                 */
                "application/json": {
                    /** @description the conversation so far; the last message is the user’s */
                    messages: {
                        /** @enum {string} */
                        role: "system" | "user" | "assistant";
                        content: string;
                    }[];
                    model?: string;
                    /** @description type or name of an agent */
                    agent_type?: string;
                    max_tokens?: number;
                    temperature?: number;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        content: string;
                        model: string;
                        tokens_used: number;
                        tokens_estimated: boolean;
                        /** @enum {string} */
                        finish_reason: "stop" | "length" | "content_filter" | "error";
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postV1ChatStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         {
                 *           "role": "user",
                 *           "content": "Explain quantum computing."
                 *         }
                 *       ],
                 *       "model": "llama-3.3-70b"
                 *     }
                 */
                "application/json": {
                    /** @description the conversation so far; the last message is the user’s */
                    messages: {
                        /** @enum {string} */
                        role: "system" | "user" | "assistant";
                        content: string;
                    }[];
                    model?: string;
                    /** @description type or name of an agent */
                    agent_type?: string;
                    max_tokens?: number;
                    temperature?: number;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        delta: string;
                        finish_reason: ("stop" | "length" | "content_filter" | "error") | null;
                        tokens_used?: number;
                        error?: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postV1ChatCompletions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "llama-3.3-70b",
                 *       "messages": [
                 *         {
                 *           "role": "user",
                 *           "content": "Say hello in three languages."
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description the id of a model, or `agent:` and the name of an agent */
                    model: string;
                    messages: ({
                        /** @enum {string} */
                        role: "system" | "developer" | "user" | "assistant" | "tool";
                        content?: (string | ({
                            type: string;
                            text?: string | null;
                            image_url?: (({
                                url: string;
                            } & {
                                [key: string]: unknown;
                            }) | string) | null;
                            refusal?: string | null;
                            file?: {
                                [key: string]: unknown;
                            } | null;
                        } & {
                            [key: string]: unknown;
                        })[]) | null;
                        tool_calls?: ({
                            id: string;
                            type?: string | null;
                            function?: ({
                                name: string;
                                arguments: string;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            custom?: ({
                                name: string;
                                input: string;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                        tool_call_id?: string | null;
                        refusal?: string | null;
                    } & {
                        [key: string]: unknown;
                    })[];
                    stream?: boolean | null;
                    stream_options?: ({
                        include_usage?: boolean | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    max_tokens?: number | null;
                    max_completion_tokens?: number | null;
                    temperature?: number | null;
                    top_p?: number | null;
                    n?: number | null;
                    stop?: (string | string[]) | null;
                    seed?: number | null;
                    presence_penalty?: number | null;
                    frequency_penalty?: number | null;
                    logprobs?: boolean | null;
                    top_logprobs?: number | null;
                    tools?: ({
                        type: string;
                        function?: ({
                            name: string;
                            description?: string | null;
                            parameters?: {
                                [key: string]: unknown;
                            } | null;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        custom?: ({
                            name: string;
                            description?: string | null;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                    tool_choice?: ("none" | "auto" | "required" | "any" | ({
                        type: string;
                    } & {
                        [key: string]: unknown;
                    })) | null;
                    parallel_tool_calls?: boolean | null;
                    response_format?: ({
                        type: string;
                        json_schema?: ({
                            name: string;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    user?: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string;
                        object?: string;
                        created?: number;
                        model?: string;
                        choices: ({
                            message: {
                                [key: string]: unknown;
                            };
                        } & {
                            [key: string]: unknown;
                        })[];
                        usage?: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                    "text/event-stream": {
                        choices: {
                            [key: string]: unknown;
                        }[];
                        usage?: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
        };
    };
    postV1Responses: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "llama-3.3-70b",
                 *       "input": "Say hello in three languages."
                 *     }
                 */
                "application/json": {
                    /** @description the id of a model, or `agent:` and the name of an agent */
                    model: string;
                    input: string | ((({
                        /** @constant */
                        type?: "message";
                        /** @enum {string} */
                        role: "user" | "assistant" | "system" | "developer";
                        content: string | unknown[];
                    } & {
                        [key: string]: unknown;
                    }) | ({
                        /** @constant */
                        type: "function_call";
                        call_id: string;
                        name: string;
                        /** @description JSON text as the model wrote it */
                        arguments: string;
                        namespace?: string | null;
                    } & {
                        [key: string]: unknown;
                    }) | ({
                        /** @constant */
                        type: "custom_tool_call";
                        call_id: string;
                        name: string;
                        input: string;
                    } & {
                        [key: string]: unknown;
                    }) | ({
                        /** @enum {string} */
                        type: "function_call_output" | "custom_tool_call_output";
                        call_id: string;
                        output: string | unknown[];
                    } & {
                        [key: string]: unknown;
                    }) | ({
                        /** @constant */
                        type: "reasoning";
                        summary?: ({
                            text: string;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                        content?: ({
                            text: string;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                        encrypted_content?: string | null;
                    } & {
                        [key: string]: unknown;
                    })) | ({
                        /** @constant */
                        type: "item_reference";
                        id: string;
                    } & {
                        [key: string]: unknown;
                    }))[];
                    instructions?: string | null;
                    tools?: (({
                        /** @constant */
                        type: "function";
                        name: string;
                        description?: string | null;
                        parameters?: {
                            [key: string]: unknown;
                        } | null;
                        strict?: boolean | null;
                    } & {
                        [key: string]: unknown;
                    }) | ({
                        /** @constant */
                        type: "custom";
                        name: string;
                        description?: string | null;
                        /** @description text, or a grammar */
                        format?: unknown;
                    } & {
                        [key: string]: unknown;
                    }) | ({
                        /** @constant */
                        type: "namespace";
                        name: string;
                        tools: unknown[];
                    } & {
                        [key: string]: unknown;
                    }))[] | null;
                    tool_choice?: (("none" | "auto" | "required") | ({
                        /** @constant */
                        type: "allowed_tools";
                        /** @enum {string} */
                        mode: "auto" | "required";
                        tools: ({
                            type: string;
                            name: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    })) | null;
                    parallel_tool_calls?: boolean | null;
                    text?: ({
                        format?: (({
                            /** @enum {string} */
                            type: "text" | "json_object";
                        } & {
                            [key: string]: unknown;
                        }) | ({
                            /** @constant */
                            type: "json_schema";
                            name: string;
                            description?: string | null;
                            schema: {
                                [key: string]: unknown;
                            };
                            strict?: boolean | null;
                        } & {
                            [key: string]: unknown;
                        })) | null;
                        verbosity?: string | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    reasoning?: ({
                        effort?: string | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    max_output_tokens?: number | null;
                    temperature?: number | null;
                    top_p?: number | null;
                    top_logprobs?: number | null;
                    include?: string[] | null;
                    service_tier?: string | null;
                    user?: string | null;
                    stream?: boolean | null;
                    previous_response_id?: string | null;
                    store?: boolean | null;
                    metadata?: {
                        [key: string]: unknown;
                    } | null;
                    safety_identifier?: string | null;
                    prompt_cache_key?: string | null;
                    /** @description a hint; left out */
                    prompt_cache_retention?: unknown;
                    /** @description a hint; left out */
                    prompt_cache_options?: unknown;
                    /** @description a hint; left out */
                    stream_options?: unknown;
                    /** @description a hint; left out */
                    client_metadata?: unknown;
                    /** @description a hint; left out */
                    context_management?: unknown;
                    /** @description a hint; left out */
                    moderation?: unknown;
                    /** @description a hint; left out */
                    truncation?: unknown;
                    /** @description a hint; left out */
                    max_tool_calls?: unknown;
                    /** @description not offered here */
                    background?: unknown;
                    /** @description not offered here */
                    conversation?: unknown;
                    /** @description not offered here */
                    prompt?: unknown;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @constant */
                        object: "response";
                        /** @description seconds since 1970 */
                        created_at: number;
                        /** @enum {string} */
                        status: "in_progress" | "completed" | "incomplete" | "failed";
                        error: {
                            code: string;
                            message: string;
                        } | null;
                        incomplete_details: {
                            reason: string;
                        } | null;
                        /** @description as the request named it */
                        model: string;
                        output: ({
                            id: string;
                            /** @constant */
                            type: "message";
                            /** @enum {string} */
                            status: "in_progress" | "completed" | "incomplete";
                            /** @constant */
                            role: "assistant";
                            content: ({
                                /** @constant */
                                type: "output_text";
                                text: string;
                                annotations: unknown[];
                                /** @description as chat completions tell them, when they were asked for */
                                logprobs: unknown[];
                            } | {
                                /** @constant */
                                type: "refusal";
                                refusal: string;
                            })[];
                        } | {
                            id: string;
                            /** @constant */
                            type: "function_call";
                            /** @enum {string} */
                            status: "in_progress" | "completed" | "incomplete";
                            call_id: string;
                            name: string;
                            /** @description the group that the tool stands in */
                            namespace?: string;
                            /** @description JSON text as the model wrote it */
                            arguments: string;
                        } | {
                            id: string;
                            /** @constant */
                            type: "custom_tool_call";
                            /** @enum {string} */
                            status: "in_progress" | "completed" | "incomplete";
                            call_id: string;
                            name: string;
                            /** @description as the model wrote it */
                            input: string;
                        } | {
                            id: string;
                            /** @constant */
                            type: "reasoning";
                            /** @enum {string} */
                            status: "in_progress" | "completed" | "incomplete";
                            summary: {
                                /** @constant */
                                type: "summary_text";
                                text: string;
                            }[];
                            /** @description the provider’s seal; send the item back as it is */
                            encrypted_content?: string;
                        })[];
                        usage: {
                            input_tokens: number;
                            input_tokens_details: {
                                cached_tokens: number;
                                cache_write_tokens: number;
                            };
                            output_tokens: number;
                            output_tokens_details: {
                                reasoning_tokens: number;
                            };
                            total_tokens: number;
                        } | null;
                        instructions: string | null;
                        max_output_tokens: number | null;
                        previous_response_id: string | null;
                        parallel_tool_calls: boolean;
                        temperature: number;
                        top_p: number;
                        top_logprobs: number;
                        tool_choice: unknown;
                        tools: ({
                            type: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        text: {
                            format: {
                                type: string;
                            } & {
                                [key: string]: unknown;
                            };
                            verbosity: string;
                        };
                        reasoning: {
                            effort: string | null;
                            summary: string | null;
                        };
                        metadata: {
                            [key: string]: unknown;
                        };
                        user: string | null;
                        safety_identifier: string | null;
                        prompt_cache_key: string | null;
                        access_programs: null;
                        /** @constant */
                        background: false;
                        max_tool_calls: null;
                        /** @constant */
                        truncation: "disabled";
                        /** @description whether the response is kept, to be referred to */
                        store: boolean;
                    };
                    "text/event-stream": {
                        type: string;
                        sequence_number: number;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
        };
    };
    postV1Completions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "llama-3.3-70b",
                 *       "prompt": "Once upon a time"
                 *     }
                 */
                "application/json": {
                    /** @description the id of a model, or `agent:` and the name of an agent */
                    model: string;
                    /** @description a text, or texts, each of which is gone on with; no lists of tokens */
                    prompt: string | string[];
                    stream?: boolean | null;
                    stream_options?: ({
                        include_usage?: boolean | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    max_tokens?: number | null;
                    temperature?: number | null;
                    top_p?: number | null;
                    n?: number | null;
                    stop?: (string | string[]) | null;
                    presence_penalty?: number | null;
                    frequency_penalty?: number | null;
                    logprobs?: number | null;
                    echo?: boolean | null;
                    suffix?: string | null;
                    user?: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string;
                        object?: string;
                        created?: number;
                        model?: string;
                        choices: ({
                            text: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        usage?: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                    "text/event-stream": {
                        choices: {
                            [key: string]: unknown;
                        }[];
                        usage?: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
        };
    };
    postV1Embeddings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "text-embedding-3-small",
                 *       "input": [
                 *         "Say hello.",
                 *         "Say goodbye."
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description the id of a model */
                    model: string;
                    /** @description a text, texts, or one or more lists of tokens */
                    input: string | string[] | number[] | number[][];
                    /** @enum {string} */
                    encoding_format?: "float" | "base64";
                    dimensions?: number;
                    user?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            [key: string]: unknown;
                        }[];
                        usage?: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
        };
    };
    getV1ResponsesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @constant */
                        object: "response";
                        /** @description seconds since 1970 */
                        created_at: number;
                        /** @enum {string} */
                        status: "in_progress" | "completed" | "incomplete" | "failed";
                        error: {
                            code: string;
                            message: string;
                        } | null;
                        incomplete_details: {
                            reason: string;
                        } | null;
                        /** @description as the request named it */
                        model: string;
                        output: ({
                            id: string;
                            /** @constant */
                            type: "message";
                            /** @enum {string} */
                            status: "in_progress" | "completed" | "incomplete";
                            /** @constant */
                            role: "assistant";
                            content: ({
                                /** @constant */
                                type: "output_text";
                                text: string;
                                annotations: unknown[];
                                /** @description as chat completions tell them, when they were asked for */
                                logprobs: unknown[];
                            } | {
                                /** @constant */
                                type: "refusal";
                                refusal: string;
                            })[];
                        } | {
                            id: string;
                            /** @constant */
                            type: "function_call";
                            /** @enum {string} */
                            status: "in_progress" | "completed" | "incomplete";
                            call_id: string;
                            name: string;
                            /** @description the group that the tool stands in */
                            namespace?: string;
                            /** @description JSON text as the model wrote it */
                            arguments: string;
                        } | {
                            id: string;
                            /** @constant */
                            type: "custom_tool_call";
                            /** @enum {string} */
                            status: "in_progress" | "completed" | "incomplete";
                            call_id: string;
                            name: string;
                            /** @description as the model wrote it */
                            input: string;
                        } | {
                            id: string;
                            /** @constant */
                            type: "reasoning";
                            /** @enum {string} */
                            status: "in_progress" | "completed" | "incomplete";
                            summary: {
                                /** @constant */
                                type: "summary_text";
                                text: string;
                            }[];
                            /** @description the provider’s seal; send the item back as it is */
                            encrypted_content?: string;
                        })[];
                        usage: {
                            input_tokens: number;
                            input_tokens_details: {
                                cached_tokens: number;
                                cache_write_tokens: number;
                            };
                            output_tokens: number;
                            output_tokens_details: {
                                reasoning_tokens: number;
                            };
                            total_tokens: number;
                        } | null;
                        instructions: string | null;
                        max_output_tokens: number | null;
                        previous_response_id: string | null;
                        parallel_tool_calls: boolean;
                        temperature: number;
                        top_p: number;
                        top_logprobs: number;
                        tool_choice: unknown;
                        tools: ({
                            type: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        text: {
                            format: {
                                type: string;
                            } & {
                                [key: string]: unknown;
                            };
                            verbosity: string;
                        };
                        reasoning: {
                            effort: string | null;
                            summary: string | null;
                        };
                        metadata: {
                            [key: string]: unknown;
                        };
                        user: string | null;
                        safety_identifier: string | null;
                        prompt_cache_key: string | null;
                        access_programs: null;
                        /** @constant */
                        background: false;
                        max_tool_calls: null;
                        /** @constant */
                        truncation: "disabled";
                        /** @description whether the response is kept, to be referred to */
                        store: boolean;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
        };
    };
    deleteV1ResponsesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @constant */
                        object: "response";
                        /** @constant */
                        deleted: true;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
        };
    };
    postV1Messages: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "claude-3.5-sonnet",
                 *       "messages": [
                 *         {
                 *           "role": "user",
                 *           "content": "Say hello in three languages."
                 *         }
                 *       ],
                 *       "max_tokens": 1024
                 *     }
                 */
                "application/json": {
                    /** @description the id of a model, or `agent:` and the name of an agent */
                    model: string;
                    messages: ({
                        /** @enum {string} */
                        role: "user" | "assistant" | "system";
                        content: string | ({
                            type: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    })[];
                    system?: (string | ({
                        type: string;
                    } & {
                        [key: string]: unknown;
                    })[]) | null;
                    tools?: {
                        [key: string]: unknown;
                    }[] | null;
                    tool_choice?: ({
                        /** @enum {string} */
                        type: "auto" | "any" | "tool" | "none";
                        name?: string | null;
                        disable_parallel_tool_use?: boolean | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    thinking?: ({
                        type: string;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    /** @description nothing is kept here: every request brings the whole conversation */
                    thread?: null;
                    max_tokens: number;
                    stream?: boolean | null;
                    stop_sequences?: string[] | null;
                    temperature?: number | null;
                    top_p?: number | null;
                    top_k?: number | null;
                    metadata?: {
                        [key: string]: unknown;
                    } | null;
                    service_tier?: string | null;
                    output_config?: {
                        [key: string]: unknown;
                    } | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string;
                        type?: string;
                        role?: string;
                        model?: string;
                        content: ({
                            type: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        stop_reason?: unknown;
                        usage?: unknown;
                    } & {
                        [key: string]: unknown;
                    };
                    "text/event-stream": {
                        type: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
        };
    };
    postV1MessagesCount_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "claude-3.5-sonnet",
                 *       "messages": [
                 *         {
                 *           "role": "user",
                 *           "content": "Say hello in three languages."
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description the id of a model, or `agent:` and the name of an agent */
                    model: string;
                    messages: ({
                        /** @enum {string} */
                        role: "user" | "assistant" | "system";
                        content: string | ({
                            type: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    })[];
                    system?: (string | ({
                        type: string;
                    } & {
                        [key: string]: unknown;
                    })[]) | null;
                    tools?: {
                        [key: string]: unknown;
                    }[] | null;
                    tool_choice?: ({
                        /** @enum {string} */
                        type: "auto" | "any" | "tool" | "none";
                        name?: string | null;
                        disable_parallel_tool_use?: boolean | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    thinking?: ({
                        type: string;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    /** @description nothing is kept here: every request brings the whole conversation */
                    thread?: null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        input_tokens: number;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        type: "error";
                        error: {
                            type: string;
                            /** @description a sentence for a person */
                            message: string;
                            details?: {
                                [key: string]: unknown;
                            };
                        };
                        request_id: string;
                    };
                };
            };
        };
    };
    getV1Models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        object: "list";
                        data: {
                            /** @description what to say as `model` */
                            id: string;
                            /** @constant */
                            object: "model";
                            /** @description seconds since 1970 */
                            created: number;
                            /** @description the provider, or `agent` */
                            owned_by: string;
                            /** @description what goes in and comes out together, in tokens */
                            context_length: number;
                            /** @description of one answer */
                            max_output_tokens?: number;
                            supports_tools: boolean;
                            supports_thinking?: boolean;
                            supports_images?: boolean;
                            /** @description USD for a million prompt tokens; absent without a price */
                            input_usd_per_mtok?: number;
                            /** @description USD for a million completion tokens; absent without a price */
                            output_usd_per_mtok?: number;
                            /** @description USD for a million cached prompt tokens; absent without a price */
                            cached_input_usd_per_mtok?: number;
                            /** @description USD for a million cache-written prompt tokens; absent without a price */
                            cache_write_usd_per_mtok?: number;
                        }[];
                    } | {
                        data: {
                            /** @constant */
                            type: "model";
                            id: string;
                            display_name: string;
                            created_at: string;
                            /** @description what goes in and comes out together, in tokens */
                            context_length: number;
                            /** @description of one answer */
                            max_output_tokens?: number;
                            supports_tools: boolean;
                            supports_thinking?: boolean;
                            supports_images?: boolean;
                            /** @description USD for a million prompt tokens; absent without a price */
                            input_usd_per_mtok?: number;
                            /** @description USD for a million completion tokens; absent without a price */
                            output_usd_per_mtok?: number;
                            /** @description USD for a million cached prompt tokens; absent without a price */
                            cached_input_usd_per_mtok?: number;
                            /** @description USD for a million cache-written prompt tokens; absent without a price */
                            cache_write_usd_per_mtok?: number;
                        }[];
                        /** @constant */
                        has_more: false;
                        first_id: string | null;
                        last_id: string | null;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
        };
    };
    getV1ModelsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description what to say as `model` */
                        id: string;
                        /** @constant */
                        object: "model";
                        /** @description seconds since 1970 */
                        created: number;
                        /** @description the provider, or `agent` */
                        owned_by: string;
                        /** @description what goes in and comes out together, in tokens */
                        context_length: number;
                        /** @description of one answer */
                        max_output_tokens?: number;
                        supports_tools: boolean;
                        supports_thinking?: boolean;
                        supports_images?: boolean;
                        /** @description USD for a million prompt tokens; absent without a price */
                        input_usd_per_mtok?: number;
                        /** @description USD for a million completion tokens; absent without a price */
                        output_usd_per_mtok?: number;
                        /** @description USD for a million cached prompt tokens; absent without a price */
                        cached_input_usd_per_mtok?: number;
                        /** @description USD for a million cache-written prompt tokens; absent without a price */
                        cache_write_usd_per_mtok?: number;
                    } | {
                        /** @constant */
                        type: "model";
                        id: string;
                        display_name: string;
                        created_at: string;
                        /** @description what goes in and comes out together, in tokens */
                        context_length: number;
                        /** @description of one answer */
                        max_output_tokens?: number;
                        supports_tools: boolean;
                        supports_thinking?: boolean;
                        supports_images?: boolean;
                        /** @description USD for a million prompt tokens; absent without a price */
                        input_usd_per_mtok?: number;
                        /** @description USD for a million completion tokens; absent without a price */
                        output_usd_per_mtok?: number;
                        /** @description USD for a million cached prompt tokens; absent without a price */
                        cached_input_usd_per_mtok?: number;
                        /** @description USD for a million cache-written prompt tokens; absent without a price */
                        cache_write_usd_per_mtok?: number;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description a sentence for a person */
                            message: string;
                            type: string;
                            param: string | null;
                            /** @description stable, snake_case */
                            code: string;
                        };
                    };
                };
            };
        };
    };
    getV1Usage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description first second of the UTC month */
                        period_start: string;
                        /** @description last second of the UTC month */
                        period_end: string;
                        total_runs: number;
                        total_tokens: number;
                        quota_runs: number | null;
                        quota_tokens: number | null;
                        /** @description may be up to a second late */
                        total_api_calls: number;
                        daily_usage: {
                            date: string;
                            runs: number;
                            tokens: number;
                            api_calls: number;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "getV1Api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @description the first nine characters of the key */
                            prefix: string;
                            created_at: string;
                            expires_at: string | null;
                            /** @description what the key is limited to; null is no limit. Absent when there is none at all. */
                            powers?: {
                                scopes: ("run" | "chat" | "read" | "keys")[] | null;
                                allowed_agents: string[] | null;
                                allowed_models: string[] | null;
                                allowed_networks: string[] | null;
                                runs_per_month: number | null;
                                tokens_per_month: number | null;
                            };
                            last_used: string | null;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "postV1Api-keys": {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "mobile-app-key",
                 *       "expires_in_days": 365
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 100 characters without control characters */
                    name: string;
                    /** @description absent: the key does not expire */
                    expires_in_days?: number;
                    scopes?: ("run" | "chat" | "read" | "keys")[] | null;
                    allowed_agents?: string[] | null;
                    allowed_models?: string[] | null;
                    allowed_networks?: string[] | null;
                    runs_per_month?: number | null;
                    tokens_per_month?: number | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        key: string;
                        secret: string;
                        name: string;
                        /** @description the first nine characters of the key */
                        prefix: string;
                        created_at: string;
                        expires_at: string | null;
                        /** @description what the key is limited to; null is no limit. Absent when there is none at all. */
                        powers?: {
                            scopes: ("run" | "chat" | "read" | "keys")[] | null;
                            allowed_agents: string[] | null;
                            allowed_models: string[] | null;
                            allowed_networks: string[] | null;
                            runs_per_month: number | null;
                            tokens_per_month: number | null;
                        };
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "deleteV1Api-keysById": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "patchV1Api-keysById": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "allowed_agents": [
                 *         "risk-analyzer"
                 *       ],
                 *       "runs_per_month": 1000
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 100 characters without control characters */
                    name?: string;
                    expires_at?: string | null;
                    /** @description from now on; in place of expires_at */
                    expires_in_days?: number;
                    scopes?: ("run" | "chat" | "read" | "keys")[] | null;
                    allowed_agents?: string[] | null;
                    allowed_models?: string[] | null;
                    allowed_networks?: string[] | null;
                    runs_per_month?: number | null;
                    tokens_per_month?: number | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @description the first nine characters of the key */
                        prefix: string;
                        created_at: string;
                        expires_at: string | null;
                        /** @description what the key is limited to; null is no limit. Absent when there is none at all. */
                        powers?: {
                            scopes: ("run" | "chat" | "read" | "keys")[] | null;
                            allowed_agents: string[] | null;
                            allowed_models: string[] | null;
                            allowed_networks: string[] | null;
                            runs_per_month: number | null;
                            tokens_per_month: number | null;
                        };
                        last_used: string | null;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "postV1Api-keysByIdRotate": {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlap_seconds": 3600
                 *     }
                 */
                "application/json": {
                    /**
                     * @description how long the old key goes on working; 0 revokes it at once
                     * @default 0
                     */
                    overlap_seconds?: number;
                    /** @description absent: the new key ends when the old one would have */
                    expires_in_days?: number;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        key: string;
                        secret: string;
                        name: string;
                        /** @description the first nine characters of the key */
                        prefix: string;
                        created_at: string;
                        expires_at: string | null;
                        /** @description what the key is limited to; null is no limit. Absent when there is none at all. */
                        powers?: {
                            scopes: ("run" | "chat" | "read" | "keys")[] | null;
                            allowed_agents: string[] | null;
                            allowed_models: string[] | null;
                            allowed_networks: string[] | null;
                            runs_per_month: number | null;
                            tokens_per_month: number | null;
                        };
                        /**
                         * Format: uuid
                         * @description the id of the old key
                         */
                        replaces: string;
                        /** @description when the old key stops working */
                        old_key_expires_at: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getV1Me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "free" | "dev" | "pro" | "enterprise";
                            /** @enum {string} */
                            status: "active" | "suspended";
                        };
                        key: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @description the first nine characters of the key */
                            prefix: string;
                            created_at: string;
                            expires_at: string | null;
                            /** @description what the key is limited to; null is no limit. Absent when there is none at all. */
                            powers?: {
                                scopes: ("run" | "chat" | "read" | "keys")[] | null;
                                allowed_agents: string[] | null;
                                allowed_models: string[] | null;
                                allowed_networks: string[] | null;
                                runs_per_month: number | null;
                                tokens_per_month: number | null;
                            };
                            last_used: string | null;
                        };
                        limits: {
                            runs_per_month: number | null;
                            tokens_per_month: number | null;
                            requests_per_minute: number | null;
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postV1betaModelsByModelGenerateContent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contents": [
                 *         {
                 *           "role": "user",
                 *           "parts": [
                 *             {
                 *               "text": "Say hello in three languages."
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    contents: ({
                        role?: ("user" | "model" | "function") | null;
                        parts?: ({
                            text?: string | null;
                            thought?: boolean | null;
                            thoughtSignature?: string | null;
                            inlineData?: ({
                                mimeType: string;
                                data: string;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            fileData?: ({
                                fileUri: string;
                                mimeType?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionCall?: ({
                                id?: string | null;
                                name: string;
                                args?: {
                                    [key: string]: unknown;
                                } | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionResponse?: ({
                                id?: string | null;
                                name: string;
                                response?: {
                                    [key: string]: unknown;
                                } | null;
                                parts?: ({
                                    inlineData?: ({
                                        mimeType: string;
                                        data: string;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                    fileData?: ({
                                        fileUri: string;
                                        mimeType?: string | null;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                } & {
                                    [key: string]: unknown;
                                })[] | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                    } & {
                        [key: string]: unknown;
                    })[];
                    systemInstruction?: ({
                        parts?: ({
                            text?: string | null;
                            thought?: boolean | null;
                            thoughtSignature?: string | null;
                            inlineData?: ({
                                mimeType: string;
                                data: string;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            fileData?: ({
                                fileUri: string;
                                mimeType?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionCall?: ({
                                id?: string | null;
                                name: string;
                                args?: {
                                    [key: string]: unknown;
                                } | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionResponse?: ({
                                id?: string | null;
                                name: string;
                                response?: {
                                    [key: string]: unknown;
                                } | null;
                                parts?: ({
                                    inlineData?: ({
                                        mimeType: string;
                                        data: string;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                    fileData?: ({
                                        fileUri: string;
                                        mimeType?: string | null;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                } & {
                                    [key: string]: unknown;
                                })[] | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    tools?: ({
                        functionDeclarations?: ({
                            name: string;
                            description?: string | null;
                            parameters?: {
                                [key: string]: unknown;
                            } | null;
                            parametersJsonSchema?: {
                                [key: string]: unknown;
                            } | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                    toolConfig?: ({
                        functionCallingConfig?: ({
                            mode?: ("MODE_UNSPECIFIED" | "AUTO" | "ANY" | "NONE" | "VALIDATED") | null;
                            allowedFunctionNames?: string[] | null;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    generationConfig?: ({
                        candidateCount?: number | null;
                        stopSequences?: string[] | null;
                        maxOutputTokens?: number | null;
                        temperature?: number | null;
                        topP?: number | null;
                        topK?: number | null;
                        presencePenalty?: number | null;
                        frequencyPenalty?: number | null;
                        responseMimeType?: string | null;
                        responseSchema?: {
                            [key: string]: unknown;
                        } | null;
                        responseJsonSchema?: {
                            [key: string]: unknown;
                        } | null;
                        thinkingConfig?: ({
                            includeThoughts?: boolean | null;
                            thinkingBudget?: number | null;
                            thinkingLevel?: string | null;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        candidates?: {
                            [key: string]: unknown;
                        }[];
                        usageMetadata?: unknown;
                        modelVersion?: string;
                        responseId?: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
        };
    };
    postV1betaModelsByModelStreamGenerateContent: {
        parameters: {
            query?: {
                /** @description `sse` for server-sent events; otherwise they are the items of one JSON array */
                alt?: "sse" | "json";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contents": [
                 *         {
                 *           "role": "user",
                 *           "parts": [
                 *             {
                 *               "text": "Say hello in three languages."
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    contents: ({
                        role?: ("user" | "model" | "function") | null;
                        parts?: ({
                            text?: string | null;
                            thought?: boolean | null;
                            thoughtSignature?: string | null;
                            inlineData?: ({
                                mimeType: string;
                                data: string;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            fileData?: ({
                                fileUri: string;
                                mimeType?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionCall?: ({
                                id?: string | null;
                                name: string;
                                args?: {
                                    [key: string]: unknown;
                                } | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionResponse?: ({
                                id?: string | null;
                                name: string;
                                response?: {
                                    [key: string]: unknown;
                                } | null;
                                parts?: ({
                                    inlineData?: ({
                                        mimeType: string;
                                        data: string;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                    fileData?: ({
                                        fileUri: string;
                                        mimeType?: string | null;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                } & {
                                    [key: string]: unknown;
                                })[] | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                    } & {
                        [key: string]: unknown;
                    })[];
                    systemInstruction?: ({
                        parts?: ({
                            text?: string | null;
                            thought?: boolean | null;
                            thoughtSignature?: string | null;
                            inlineData?: ({
                                mimeType: string;
                                data: string;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            fileData?: ({
                                fileUri: string;
                                mimeType?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionCall?: ({
                                id?: string | null;
                                name: string;
                                args?: {
                                    [key: string]: unknown;
                                } | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionResponse?: ({
                                id?: string | null;
                                name: string;
                                response?: {
                                    [key: string]: unknown;
                                } | null;
                                parts?: ({
                                    inlineData?: ({
                                        mimeType: string;
                                        data: string;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                    fileData?: ({
                                        fileUri: string;
                                        mimeType?: string | null;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                } & {
                                    [key: string]: unknown;
                                })[] | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    tools?: ({
                        functionDeclarations?: ({
                            name: string;
                            description?: string | null;
                            parameters?: {
                                [key: string]: unknown;
                            } | null;
                            parametersJsonSchema?: {
                                [key: string]: unknown;
                            } | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                    toolConfig?: ({
                        functionCallingConfig?: ({
                            mode?: ("MODE_UNSPECIFIED" | "AUTO" | "ANY" | "NONE" | "VALIDATED") | null;
                            allowedFunctionNames?: string[] | null;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    generationConfig?: ({
                        candidateCount?: number | null;
                        stopSequences?: string[] | null;
                        maxOutputTokens?: number | null;
                        temperature?: number | null;
                        topP?: number | null;
                        topK?: number | null;
                        presencePenalty?: number | null;
                        frequencyPenalty?: number | null;
                        responseMimeType?: string | null;
                        responseSchema?: {
                            [key: string]: unknown;
                        } | null;
                        responseJsonSchema?: {
                            [key: string]: unknown;
                        } | null;
                        thinkingConfig?: ({
                            includeThoughts?: boolean | null;
                            thinkingBudget?: number | null;
                            thinkingLevel?: string | null;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        candidates?: {
                            [key: string]: unknown;
                        }[];
                        usageMetadata?: unknown;
                        modelVersion?: string;
                        responseId?: string;
                    } & {
                        [key: string]: unknown;
                    })[];
                    "text/event-stream": {
                        candidates?: {
                            [key: string]: unknown;
                        }[];
                        usageMetadata?: unknown;
                        modelVersion?: string;
                        responseId?: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
        };
    };
    postV1betaModelsByModelCountTokens: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contents": [
                 *         {
                 *           "role": "user",
                 *           "parts": [
                 *             {
                 *               "text": "Say hello in three languages."
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    contents?: ({
                        role?: ("user" | "model" | "function") | null;
                        parts?: ({
                            text?: string | null;
                            thought?: boolean | null;
                            thoughtSignature?: string | null;
                            inlineData?: ({
                                mimeType: string;
                                data: string;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            fileData?: ({
                                fileUri: string;
                                mimeType?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionCall?: ({
                                id?: string | null;
                                name: string;
                                args?: {
                                    [key: string]: unknown;
                                } | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            functionResponse?: ({
                                id?: string | null;
                                name: string;
                                response?: {
                                    [key: string]: unknown;
                                } | null;
                                parts?: ({
                                    inlineData?: ({
                                        mimeType: string;
                                        data: string;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                    fileData?: ({
                                        fileUri: string;
                                        mimeType?: string | null;
                                    } & {
                                        [key: string]: unknown;
                                    }) | null;
                                } & {
                                    [key: string]: unknown;
                                })[] | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                    generateContentRequest?: ({
                        contents: ({
                            role?: ("user" | "model" | "function") | null;
                            parts?: ({
                                text?: string | null;
                                thought?: boolean | null;
                                thoughtSignature?: string | null;
                                inlineData?: ({
                                    mimeType: string;
                                    data: string;
                                } & {
                                    [key: string]: unknown;
                                }) | null;
                                fileData?: ({
                                    fileUri: string;
                                    mimeType?: string | null;
                                } & {
                                    [key: string]: unknown;
                                }) | null;
                                functionCall?: ({
                                    id?: string | null;
                                    name: string;
                                    args?: {
                                        [key: string]: unknown;
                                    } | null;
                                } & {
                                    [key: string]: unknown;
                                }) | null;
                                functionResponse?: ({
                                    id?: string | null;
                                    name: string;
                                    response?: {
                                        [key: string]: unknown;
                                    } | null;
                                    parts?: ({
                                        inlineData?: ({
                                            mimeType: string;
                                            data: string;
                                        } & {
                                            [key: string]: unknown;
                                        }) | null;
                                        fileData?: ({
                                            fileUri: string;
                                            mimeType?: string | null;
                                        } & {
                                            [key: string]: unknown;
                                        }) | null;
                                    } & {
                                        [key: string]: unknown;
                                    })[] | null;
                                } & {
                                    [key: string]: unknown;
                                }) | null;
                            } & {
                                [key: string]: unknown;
                            })[] | null;
                        } & {
                            [key: string]: unknown;
                        })[];
                        systemInstruction?: ({
                            parts?: ({
                                text?: string | null;
                                thought?: boolean | null;
                                thoughtSignature?: string | null;
                                inlineData?: ({
                                    mimeType: string;
                                    data: string;
                                } & {
                                    [key: string]: unknown;
                                }) | null;
                                fileData?: ({
                                    fileUri: string;
                                    mimeType?: string | null;
                                } & {
                                    [key: string]: unknown;
                                }) | null;
                                functionCall?: ({
                                    id?: string | null;
                                    name: string;
                                    args?: {
                                        [key: string]: unknown;
                                    } | null;
                                } & {
                                    [key: string]: unknown;
                                }) | null;
                                functionResponse?: ({
                                    id?: string | null;
                                    name: string;
                                    response?: {
                                        [key: string]: unknown;
                                    } | null;
                                    parts?: ({
                                        inlineData?: ({
                                            mimeType: string;
                                            data: string;
                                        } & {
                                            [key: string]: unknown;
                                        }) | null;
                                        fileData?: ({
                                            fileUri: string;
                                            mimeType?: string | null;
                                        } & {
                                            [key: string]: unknown;
                                        }) | null;
                                    } & {
                                        [key: string]: unknown;
                                    })[] | null;
                                } & {
                                    [key: string]: unknown;
                                }) | null;
                            } & {
                                [key: string]: unknown;
                            })[] | null;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        tools?: ({
                            functionDeclarations?: ({
                                name: string;
                                description?: string | null;
                                parameters?: {
                                    [key: string]: unknown;
                                } | null;
                                parametersJsonSchema?: {
                                    [key: string]: unknown;
                                } | null;
                            } & {
                                [key: string]: unknown;
                            })[] | null;
                        } & {
                            [key: string]: unknown;
                        })[] | null;
                        toolConfig?: ({
                            functionCallingConfig?: ({
                                mode?: ("MODE_UNSPECIFIED" | "AUTO" | "ANY" | "NONE" | "VALIDATED") | null;
                                allowedFunctionNames?: string[] | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                        generationConfig?: ({
                            candidateCount?: number | null;
                            stopSequences?: string[] | null;
                            maxOutputTokens?: number | null;
                            temperature?: number | null;
                            topP?: number | null;
                            topK?: number | null;
                            presencePenalty?: number | null;
                            frequencyPenalty?: number | null;
                            responseMimeType?: string | null;
                            responseSchema?: {
                                [key: string]: unknown;
                            } | null;
                            responseJsonSchema?: {
                                [key: string]: unknown;
                            } | null;
                            thinkingConfig?: ({
                                includeThoughts?: boolean | null;
                                thinkingBudget?: number | null;
                                thinkingLevel?: string | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        } & {
                            [key: string]: unknown;
                        }) | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        totalTokens: number;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
        };
    };
    postV1betaModelsByModelEmbedContent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": {
                 *         "parts": [
                 *           {
                 *             "text": "Say hello."
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": {
                    content: {
                        /** @description texts, which are embedded as one */
                        parts: ({
                            text: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    };
                    taskType?: string | null;
                    title?: string | null;
                    outputDimensionality?: number | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        embedding: {
                            values: number[];
                        };
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
        };
    };
    postV1betaModelsByModelBatchEmbedContents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "requests": [
                 *         {
                 *           "content": {
                 *             "parts": [
                 *               {
                 *                 "text": "Say hello."
                 *               }
                 *             ]
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    requests: ({
                        content: {
                            /** @description texts, which are embedded as one */
                            parts: ({
                                text: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        } & {
                            [key: string]: unknown;
                        };
                        taskType?: string | null;
                        title?: string | null;
                        outputDimensionality?: number | null;
                    } & {
                        [key: string]: unknown;
                    })[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        embeddings: {
                            values: number[];
                        }[];
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
        };
    };
    getV1betaModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        models: {
                            /** @description `models/` and what to say as the model */
                            name: string;
                            baseModelId: string;
                            version: string;
                            displayName: string;
                            inputTokenLimit: number;
                            outputTokenLimit?: number;
                            thinking?: boolean;
                            supportedGenerationMethods: string[];
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
        };
    };
    getV1betaModelsByModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description `models/` and what to say as the model */
                        name: string;
                        baseModelId: string;
                        version: string;
                        displayName: string;
                        inputTokenLimit: number;
                        outputTokenLimit?: number;
                        thinking?: boolean;
                        supportedGenerationMethods: string[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            /** @description the status of the answer */
                            code: number;
                            /** @description a sentence for a person */
                            message: string;
                            /** @description in Google’s words */
                            status: string;
                            /** @description ErrorInfo with our code in capitals; BadRequest with each mistake; RetryInfo */
                            details: ({
                                "@type": string;
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
            };
        };
    };
    getApiAdminTenants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "free" | "dev" | "pro" | "enterprise";
                            /** @enum {string} */
                            status: "active" | "suspended";
                            created_at: string;
                            agent_count: number;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postApiAdminTenants: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "acme-corp",
                 *       "tier": "pro"
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 63 lowercase letters, digits and single hyphens between them */
                    name: string;
                    /** @enum {string} */
                    tier: "free" | "dev" | "pro" | "enterprise";
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        tier: "free" | "dev" | "pro" | "enterprise";
                        /** @enum {string} */
                        status: "active" | "suspended";
                        created_at: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminTenantsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        tier: "free" | "dev" | "pro" | "enterprise";
                        /** @enum {string} */
                        status: "active" | "suspended";
                        created_at: string;
                        agent_count: number;
                        api_key_count: number;
                        /** @description lifetime, chats and deleted agents included */
                        total_runs: number;
                        total_tokens: number;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    deleteApiAdminTenantsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    patchApiAdminTenantsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "suspended"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    status: "active" | "suspended";
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        tier: "free" | "dev" | "pro" | "enterprise";
                        /** @enum {string} */
                        status: "active" | "suspended";
                        created_at: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    putApiAdminTenantsByIdQuota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tier": "enterprise"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    tier: "free" | "dev" | "pro" | "enterprise";
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @enum {string} */
                        tier: "free" | "dev" | "pro" | "enterprise";
                        /** @enum {string} */
                        status: "active" | "suspended";
                        created_at: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "getApiAdminTenant-list": {
        parameters: {
            query?: {
                /** @description a part of the name, whatever the case */
                q?: string;
                /** @description only of this status */
                status?: "active" | "suspended";
                /** @description only of this tier */
                tier?: "free" | "dev" | "pro" | "enterprise";
                /** @description by default by name */
                sort?: "name" | "created_at" | "runs_month" | "tokens_month";
                /** @description by default names from a to z, anything else from high to low */
                order?: "asc" | "desc";
                /** @description page number */
                page?: number;
                /** @description results per page; page × per_page goes up to 10,000 */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "free" | "dev" | "pro" | "enterprise";
                            /** @enum {string} */
                            status: "active" | "suspended";
                            created_at: string;
                            agents: number;
                            /** @description not revoked */
                            keys: number;
                            /** @description in this UTC month */
                            runs_month: number;
                            /** @description in this UTC month */
                            tokens_month: number;
                            runs_limit: number | null;
                            tokens_limit: number | null;
                        }[];
                        /** @description of those that match */
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "postApiAdminProvision-client": {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "acme-corp",
                 *       "tier": "pro",
                 *       "product_type": "kasino",
                 *       "api_key_name": "production"
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 63 lowercase letters, digits and single hyphens between them */
                    name: string;
                    /** @enum {string} */
                    tier: "free" | "dev" | "pro" | "enterprise";
                    /** @description template set to clone */
                    product_type: string;
                    /** @description 1 to 100 characters without control characters */
                    api_key_name: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        tenant_id: string;
                        tenant_name: string;
                        /** @enum {string} */
                        tier: "free" | "dev" | "pro" | "enterprise";
                        product_type: string;
                        /** Format: uuid */
                        api_key_id: string;
                        api_key_prefix: string;
                        raw_api_key: string;
                        agents_created: string[];
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "getApiAdminAgent-templates": {
        parameters: {
            query?: {
                /** @description only those of this product type */
                product_type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        templates: {
                            name: string;
                            agent_type: string;
                            product_type: string;
                            config: {
                                /** @description the id of a configured model */
                                model: string;
                                /** @description what the model is told first */
                                system_prompt?: string;
                                /** @description names of tools the server runs for the model */
                                tools?: string[];
                                max_tokens?: number;
                                /** @description 0 to 1 on an Anthropic model */
                                temperature?: number;
                                top_p?: number;
                                /** @description any JSON object */
                                metadata?: {
                                    [key: string]: unknown;
                                };
                            };
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "getApiAdminTenantsByIdApi-keys": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @description the first nine characters of the key */
                            prefix: string;
                            created_at: string;
                            expires_at: string | null;
                            /** @description what the key is limited to; null is no limit. Absent when there is none at all. */
                            powers?: {
                                scopes: ("run" | "chat" | "read" | "keys")[] | null;
                                allowed_agents: string[] | null;
                                allowed_models: string[] | null;
                                allowed_networks: string[] | null;
                                runs_per_month: number | null;
                                tokens_per_month: number | null;
                            };
                            last_used: string | null;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "postApiAdminTenantsByIdApi-keys": {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "staging-key"
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 100 characters without control characters */
                    name: string;
                    /** @description absent: the key does not expire */
                    expires_in_days?: number;
                    scopes?: ("run" | "chat" | "read" | "keys")[] | null;
                    allowed_agents?: string[] | null;
                    allowed_models?: string[] | null;
                    allowed_networks?: string[] | null;
                    runs_per_month?: number | null;
                    tokens_per_month?: number | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        raw_key: string;
                        name: string;
                        /** @description the first nine characters of the key */
                        prefix: string;
                        created_at: string;
                        expires_at: string | null;
                        /** @description what the key is limited to; null is no limit. Absent when there is none at all. */
                        powers?: {
                            scopes: ("run" | "chat" | "read" | "keys")[] | null;
                            allowed_agents: string[] | null;
                            allowed_models: string[] | null;
                            allowed_networks: string[] | null;
                            runs_per_month: number | null;
                            tokens_per_month: number | null;
                        };
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "deleteApiAdminTenantsByIdApi-keysByKey_id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "patchApiAdminTenantsByIdApi-keysByKey_id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "allowed_agents": [
                 *         "risk-analyzer"
                 *       ],
                 *       "runs_per_month": 1000
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 100 characters without control characters */
                    name?: string;
                    expires_at?: string | null;
                    /** @description from now on; in place of expires_at */
                    expires_in_days?: number;
                    scopes?: ("run" | "chat" | "read" | "keys")[] | null;
                    allowed_agents?: string[] | null;
                    allowed_models?: string[] | null;
                    allowed_networks?: string[] | null;
                    runs_per_month?: number | null;
                    tokens_per_month?: number | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @description the first nine characters of the key */
                        prefix: string;
                        created_at: string;
                        expires_at: string | null;
                        /** @description what the key is limited to; null is no limit. Absent when there is none at all. */
                        powers?: {
                            scopes: ("run" | "chat" | "read" | "keys")[] | null;
                            allowed_agents: string[] | null;
                            allowed_models: string[] | null;
                            allowed_networks: string[] | null;
                            runs_per_month: number | null;
                            tokens_per_month: number | null;
                        };
                        last_used: string | null;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "postApiAdminTenantsByIdApi-keysByKey_idRotate": {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                key_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlap_seconds": 3600
                 *     }
                 */
                "application/json": {
                    /**
                     * @description how long the old key goes on working; 0 revokes it at once
                     * @default 0
                     */
                    overlap_seconds?: number;
                    /** @description absent: the new key ends when the old one would have */
                    expires_in_days?: number;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        raw_key: string;
                        name: string;
                        /** @description the first nine characters of the key */
                        prefix: string;
                        created_at: string;
                        expires_at: string | null;
                        /** @description what the key is limited to; null is no limit. Absent when there is none at all. */
                        powers?: {
                            scopes: ("run" | "chat" | "read" | "keys")[] | null;
                            allowed_agents: string[] | null;
                            allowed_models: string[] | null;
                            allowed_networks: string[] | null;
                            runs_per_month: number | null;
                            tokens_per_month: number | null;
                        };
                        /**
                         * Format: uuid
                         * @description the id of the old key
                         */
                        replaces: string;
                        /** @description when the old key stops working */
                        old_key_expires_at: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminAgents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agents: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            agent_type: string;
                            /** @enum {string} */
                            status: "active" | "paused";
                            model: string;
                            /** @description finished runs of the agent */
                            total_runs: number;
                            success_rate: number | null;
                            /** Format: uuid */
                            tenant_id: string;
                            tenant_name: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminTenantsByIdAgents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agents: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            agent_type: string;
                            /** @enum {string} */
                            status: "active" | "paused";
                            model: string;
                            /** @description finished runs of the agent */
                            total_runs: number;
                            success_rate: number | null;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postApiAdminTenantsByIdAgents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: within 24 hours, the same key with the same body and credential is executed and charged once and answered the same, then with `Idempotent-Replayed: true`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "custom-analyzer",
                 *       "agent_type": "analyzer",
                 *       "config": {
                 *         "model": "llama-3.3-70b",
                 *         "system_prompt": "You are a financial data analyzer...",
                 *         "tools": [
                 *           "calculator"
                 *         ],
                 *         "max_tokens": 4096
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 63 lowercase letters, digits and single hyphens between them */
                    name: string;
                    /** @description 1 to 63 letters, digits and single dots, hyphens or underscores between them */
                    agent_type: string;
                    /** @enum {string} */
                    status?: "active" | "paused";
                    config: {
                        /** @description the id of a configured model */
                        model: string;
                        /** @description what the model is told first */
                        system_prompt?: string;
                        /** @description names of tools the server runs for the model */
                        tools?: string[];
                        max_tokens?: number;
                        /** @description 0 to 1 on an Anthropic model */
                        temperature?: number;
                        top_p?: number;
                        /** @description any JSON object */
                        metadata?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        agent_type: string;
                        /** @enum {string} */
                        status: "active" | "paused";
                        config: {
                            /** @description the id of a configured model */
                            model: string;
                            /** @description what the model is told first */
                            system_prompt?: string;
                            /** @description names of tools the server runs for the model */
                            tools?: string[];
                            max_tokens?: number;
                            /** @description 0 to 1 on an Anthropic model */
                            temperature?: number;
                            top_p?: number;
                            /** @description any JSON object */
                            metadata?: {
                                [key: string]: unknown;
                            };
                        };
                        created_at: string;
                        last_run: string | null;
                        /** @description finished runs of the agent */
                        total_runs: number;
                        success_rate: number | null;
                        /** Format: uuid */
                        tenant_id: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminTenantsByIdAgentsByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        agent_type: string;
                        /** @enum {string} */
                        status: "active" | "paused";
                        config: {
                            /** @description the id of a configured model */
                            model: string;
                            /** @description what the model is told first */
                            system_prompt?: string;
                            /** @description names of tools the server runs for the model */
                            tools?: string[];
                            max_tokens?: number;
                            /** @description 0 to 1 on an Anthropic model */
                            temperature?: number;
                            top_p?: number;
                            /** @description any JSON object */
                            metadata?: {
                                [key: string]: unknown;
                            };
                        };
                        created_at: string;
                        last_run: string | null;
                        /** @description finished runs of the agent */
                        total_runs: number;
                        success_rate: number | null;
                        /** Format: uuid */
                        tenant_id: string;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    putApiAdminTenantsByIdAgentsByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "config": {
                 *         "max_tokens": 4096
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 63 lowercase letters, digits and single hyphens between them */
                    name?: string;
                    /** @description 1 to 63 letters, digits and single dots, hyphens or underscores between them */
                    agent_type?: string;
                    /** @enum {string} */
                    status?: "active" | "paused";
                    config?: {
                        /** @description the id of a configured model */
                        model?: string;
                        system_prompt?: string | null;
                        tools?: string[] | null;
                        max_tokens?: number | null;
                        temperature?: number | null;
                        top_p?: number | null;
                        metadata?: {
                            [key: string]: unknown;
                        } | null;
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        agent_type: string;
                        /** @enum {string} */
                        status: "active" | "paused";
                        config: {
                            /** @description the id of a configured model */
                            model: string;
                            /** @description what the model is told first */
                            system_prompt?: string;
                            /** @description names of tools the server runs for the model */
                            tools?: string[];
                            max_tokens?: number;
                            /** @description 0 to 1 on an Anthropic model */
                            temperature?: number;
                            top_p?: number;
                            /** @description any JSON object */
                            metadata?: {
                                [key: string]: unknown;
                            };
                        };
                        created_at: string;
                        last_run: string | null;
                        /** @description finished runs of the agent */
                        total_runs: number;
                        success_rate: number | null;
                        /** Format: uuid */
                        tenant_id: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    deleteApiAdminTenantsByIdAgentsByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminTenantsByIdAgentsByNameStats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agent_name: string;
                        total_runs: number;
                        successful_runs: number;
                        failed_runs: number;
                        success_rate: number | null;
                        avg_duration_ms: number | null;
                        avg_tokens: number | null;
                        last_run: string | null;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminTenantsByIdAgentsByNameRuns: {
        parameters: {
            query?: {
                /** @description maximum results to return */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            status: "running" | "completed" | "failed";
                            started_at: string;
                            duration_ms: number | null;
                            /** @description prompt and completion tokens of all model calls */
                            tokens_used: number;
                            /** @description true when a provider reported no usable figure */
                            tokens_estimated: boolean;
                            model: string;
                            error: string | null;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "getApiAdminAgent-list": {
        parameters: {
            query?: {
                /** @description a part of the name of the agent or of its tenant, whatever the case */
                q?: string;
                /** @description by default by tenant; equals by the names of tenant and agent */
                sort?: "tenant" | "name" | "agent_type" | "status" | "total_runs";
                /** @description by default from a to z, and runs from high to low */
                order?: "asc" | "desc";
                /** @description page number */
                page?: number;
                /** @description results per page; page × per_page goes up to 10,000 */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agents: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            agent_type: string;
                            /** @enum {string} */
                            status: "active" | "paused";
                            model: string;
                            /** @description finished runs of the agent */
                            total_runs: number;
                            success_rate: number | null;
                            /** Format: uuid */
                            tenant_id: string;
                            tenant_name: string;
                        }[];
                        /** @description of those that match */
                        total: number;
                        page: number;
                        per_page: number;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminTenantsByIdUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        tenant_id: string;
                        tenant_name: string;
                        tier: string;
                        /** @description first second of the UTC month */
                        period_start: string;
                        /** @description last second of the UTC month */
                        period_end: string;
                        total_runs: number;
                        total_tokens: number;
                        quota_runs: number | null;
                        quota_tokens: number | null;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminTenantsByIdUsageDaily: {
        parameters: {
            query?: {
                /** @description how many days back, counting today */
                days?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        daily: {
                            date: string;
                            runs: number;
                            tokens: number;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminSeries: {
        parameters: {
            query?: {
                /** @description how many days back, counting today */
                days?: number;
                /** @description only of this tenant */
                tenant_id?: string;
                /** @description what a row stands for */
                by?: "day" | "model" | "tenant";
                /** @description maximum results to return */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the first UTC day */
                        from: string;
                        /** @description the last UTC day, today */
                        to: string;
                        rows: {
                            /** @description the UTC day, by day */
                            date?: string;
                            /** @description by model */
                            model?: string;
                            /**
                             * Format: uuid
                             * @description by tenant
                             */
                            tenant_id?: string;
                            /** @description by tenant, deleted ones included */
                            tenant_name?: string;
                            runs: number;
                            failed_runs: number;
                            input_tokens: number;
                            output_tokens: number;
                            cached_tokens: number;
                            /** @description millionths of a USD; runs without a price count as 0 */
                            cost_micro_usd: number;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "getApiAdminUsage.csv": {
        parameters: {
            query?: {
                /** @description how many days back, counting today */
                days?: number;
                /** @description only of this tenant */
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminRuns: {
        parameters: {
            query?: {
                /** @description only of this tenant */
                tenant_id?: string;
                /** @description name or id of the agent */
                agent?: string;
                /** @description only of this status */
                status?: "running" | "completed" | "failed";
                /** @description only of this kind */
                kind?: "run" | "chat" | "completion" | "text_completion" | "message" | "response" | "generation" | "embedding";
                /** @description only on this model */
                model?: string;
                /** @description from this moment on; UTC such as `2026-03-13T14:22:00Z`, or a day, which begins at midnight */
                from?: string;
                /** @description before this moment; UTC such as `2026-03-13T14:22:00Z`, or a day, which begins at midnight */
                to?: string;
                /** @description a text in input, output or error, whatever the case: looked for in the newest 10,000 runs that match the rest */
                q?: string;
                /** @description maximum results to return */
                limit?: number;
                /** @description `next_cursor` of an earlier answer to the same question: what comes after it */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: {
                            /** Format: uuid */
                            id: string;
                            agent_id: string | null;
                            agent: string | null;
                            /** @enum {string} */
                            kind: "run" | "chat" | "completion" | "text_completion" | "message" | "response" | "generation" | "embedding";
                            /** @enum {string} */
                            status: "running" | "completed" | "failed";
                            model: string;
                            started_at: string;
                            duration_ms: number | null;
                            overhead_ms: number | null;
                            input_tokens: number;
                            output_tokens: number;
                            /** @description part of the input tokens, from the provider’s cache */
                            cached_tokens: number;
                            /** @description part of the input tokens, written into the provider’s cache */
                            cache_write_tokens: number;
                            /** @description true when a provider reported no usable figure */
                            tokens_estimated: boolean;
                            error_code: string | null;
                            /** Format: uuid */
                            tenant_id: string;
                            tenant_name: string;
                            /** @description empty when the model was not configured */
                            provider: string;
                            key_prefix: string | null;
                            cost_micro_usd: number | null;
                        }[];
                        next_cursor: string | null;
                        searched: number | null;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminRunsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        agent_id: string | null;
                        agent: string | null;
                        /** @enum {string} */
                        kind: "run" | "chat" | "completion" | "text_completion" | "message" | "response" | "generation" | "embedding";
                        /** @enum {string} */
                        status: "running" | "completed" | "failed";
                        model: string;
                        started_at: string;
                        duration_ms: number | null;
                        overhead_ms: number | null;
                        input_tokens: number;
                        output_tokens: number;
                        /** @description part of the input tokens, from the provider’s cache */
                        cached_tokens: number;
                        /** @description part of the input tokens, written into the provider’s cache */
                        cache_write_tokens: number;
                        /** @description true when a provider reported no usable figure */
                        tokens_estimated: boolean;
                        error_code: string | null;
                        /** Format: uuid */
                        tenant_id: string;
                        tenant_name: string;
                        /** @description empty when the model was not configured */
                        provider: string;
                        key_prefix: string | null;
                        cost_micro_usd: number | null;
                        agent_version: number | null;
                        input: {
                            [key: string]: unknown;
                        } | null;
                        output: {
                            [key: string]: unknown;
                        } | null;
                        error: string | null;
                        /**
                         * @description there when `input` and `output` are null because the content of the run is not kept any longer
                         * @constant
                         */
                        content_expired?: true;
                        /** @description `operator` for the operator’s playground */
                        key_id: string;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postApiAdminTenantsByIdChatStream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         {
                 *           "role": "user",
                 *           "content": "Explain quantum computing."
                 *         }
                 *       ],
                 *       "model": "llama-3.3-70b"
                 *     }
                 */
                "application/json": {
                    /** @description the conversation so far; the last message is the user’s */
                    messages: {
                        /** @enum {string} */
                        role: "system" | "user" | "assistant";
                        content: string;
                    }[];
                    model?: string;
                    /** @description type or name of an agent */
                    agent_type?: string;
                    max_tokens?: number;
                    temperature?: number;
                    /** @description name of an agent; not its type */
                    agent?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        delta: string;
                        finish_reason: ("stop" | "length" | "content_filter" | "error") | null;
                        tokens_used?: number;
                        error?: string;
                    };
                };
            };
            /** @description The request is malformed: its JSON, its UTF-8 or its Host. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The tenant is suspended, or the API key is limited and may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It exists already, its state forbids this, or a request with this `Idempotency-Key` is under way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The provider failed. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The provider timed out. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total_tenants: number;
                        total_agents: number;
                        /** @description runs and chats that started on this UTC day */
                        total_runs_today: number;
                        total_tokens_today: number;
                        active_alerts: number;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        models: {
                            id: string;
                            provider: string;
                            context_length: number;
                            supports_tools: boolean;
                            /** @description false while the key of its provider is missing */
                            available: boolean;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the UTC day */
                        today: {
                            runs: number;
                            failed_runs: number;
                            tokens: number;
                            /** @description millionths of a USD; runs without a price count as 0 */
                            cost_micro_usd: number;
                        };
                        /** @description the last 30 UTC days, today included; those before may be a minute old */
                        month: {
                            runs: number;
                            failed_runs: number;
                            tokens: number;
                            /** @description millionths of a USD; runs without a price count as 0 */
                            cost_micro_usd: number;
                        };
                        latency: {
                            /** @description the completed among the newest 1,000 runs */
                            runs: number;
                            p50_ms: number | null;
                            p95_ms: number | null;
                            overhead_p50_ms: number | null;
                            overhead_p95_ms: number | null;
                        };
                        open_alerts: number;
                        /** @description runs and chats under way */
                        running: number;
                        /** @description the five with most runs in the 30 days */
                        top_tenants: {
                            /** Format: uuid */
                            tenant_id: string;
                            tenant_name: string;
                            runs: number;
                            tokens: number;
                        }[];
                        providers: {
                            name: string;
                            /** @enum {string} */
                            type: "openai" | "anthropic" | "gemini" | "demo";
                            /** @description false while its key is missing */
                            available: boolean;
                            enabled: boolean;
                            /** @description enabled, available, and without an open alert; see `state` */
                            healthy: boolean;
                            /**
                             * @description how the newest call since the start went
                             * @enum {string}
                             */
                            state: "never_called" | "healthy" | "failing" | "key_refused" | "unreachable";
                            /** @description of the newest 20 since the start */
                            recent_calls: number;
                            /** @description the failed among them */
                            recent_failures: number;
                            models: number;
                            open_alert_id: string | null;
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: string;
                        /** @description which process of several; `local` when there is one */
                        node: string;
                        started_at: string;
                        uptime_s: number;
                        database: {
                            /** @enum {string} */
                            kind: "sqlite" | "postgres";
                            /** @description of its file; 0 on a server */
                            size_bytes: number;
                            /** @description of the write-ahead log beside it */
                            log_bytes: number;
                            disk_free_bytes: number | null;
                            /** @description its latest migration */
                            schema_version: string;
                        };
                        /** @description peers that sent `X-Forwarded-For` or `Forwarded` since the start and are not in `trusted_proxies`, at most 8: those that are proxies of yours belong there */
                        untrusted_proxies: string[];
                        configuration: {
                            /** @enum {string} */
                            source: "file" | "built_in";
                            server: {
                                host: string;
                                port: number;
                                max_body_bytes: number;
                                max_compatible_body_bytes: number;
                                max_bodies_in_flight_bytes: number;
                                cors_origins: string[];
                                trusted_proxies: string[];
                                shutdown_timeout_s: number;
                                log_level: string;
                                max_in_flight: number;
                                max_in_flight_per_tenant: number;
                                max_pending_requests: number;
                                max_pending_requests_per_tenant: number;
                                max_answer_bytes: number;
                                /** @enum {string} */
                                tls: "set" | "missing";
                            };
                            admin: {
                                /** @enum {string} */
                                secret: "set" | "generated";
                                max_failures_per_minute: number;
                            };
                            database: {
                                /** @enum {string} */
                                kind: "sqlite" | "postgres";
                                max_waiting_writes: number;
                            };
                            defaults: {
                                model: string;
                            };
                            retention: {
                                /** @description 0 keeps no content */
                                content_days: number;
                                max_database_bytes: number;
                                auth_failure_days: number;
                                low_disk_bytes: number | null;
                                min_disk_bytes: number | null;
                            };
                            providers: {
                                name: string;
                                type: string;
                                enabled: boolean;
                                /** @enum {string} */
                                base_url: "set" | "missing";
                                /** @enum {string} */
                                api_key: "set" | "missing";
                                /** @enum {string} */
                                proxy: "set" | "missing";
                                connect_timeout_ms: number;
                                first_byte_timeout_ms: number;
                                idle_timeout_ms: number;
                                timeout_ms: number;
                                max_retries: number;
                                max_response_bytes: number;
                                max_in_flight: number;
                                allow_fields: string[];
                                allow_remote_media: boolean;
                                models: {
                                    id: string;
                                    upstream_id: string;
                                    context_length: number;
                                    supports_tools: boolean;
                                    input_usd_per_mtok: number | null;
                                    output_usd_per_mtok: number | null;
                                    cached_input_usd_per_mtok: number | null;
                                    cache_write_usd_per_mtok: number | null;
                                }[];
                            }[];
                        };
                        tiers: {
                            free: {
                                runs_per_month: number | null;
                                tokens_per_month: number | null;
                                requests_per_minute: number | null;
                            };
                            dev: {
                                runs_per_month: number | null;
                                tokens_per_month: number | null;
                                requests_per_minute: number | null;
                            };
                            pro: {
                                runs_per_month: number | null;
                                tokens_per_month: number | null;
                                requests_per_minute: number | null;
                            };
                            enterprise: {
                                runs_per_month: number | null;
                                tokens_per_month: number | null;
                                requests_per_minute: number | null;
                            };
                        };
                        /** @description that agents may be given, and that the server runs */
                        tools: {
                            name: string;
                            /** @description for models */
                            description: string;
                        }[];
                        product_types: {
                            product_type: string;
                            templates: {
                                name: string;
                                agent_type: string;
                                config: {
                                    /** @description the id of a configured model */
                                    model: string;
                                    /** @description what the model is told first */
                                    system_prompt?: string;
                                    /** @description names of tools the server runs for the model */
                                    tools?: string[];
                                    max_tokens?: number;
                                    /** @description 0 to 1 on an Anthropic model */
                                    temperature?: number;
                                    top_p?: number;
                                    /** @description any JSON object */
                                    metadata?: {
                                        [key: string]: unknown;
                                    };
                                };
                            }[];
                        }[];
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postApiAdminModelsByIdTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        /** @description spent waiting for the provider */
                        latency_ms: number;
                        /** @description the beginning of the answer, when it went well */
                        text?: string;
                        /** @description what went wrong */
                        error?: string;
                        usage: {
                            input_tokens: number;
                            output_tokens: number;
                            cached_tokens: number;
                            estimated: boolean;
                        };
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    getApiAdminAlerts: {
        parameters: {
            query?: {
                /** @description only of this severity */
                severity?: "info" | "warning" | "critical";
                /** @description by resolution status */
                resolved?: boolean;
                /** @description only about this tenant */
                tenant_id?: string;
                /** @description maximum results to return */
                limit?: number;
                /** @description `next_cursor` of an earlier answer to the same question: what comes after it */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alerts: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            severity: "info" | "warning" | "critical";
                            message: string;
                            /** @description null for alerts of the platform */
                            tenant_id: string | null;
                            created_at: string;
                            resolved: boolean;
                            resolved_at: string | null;
                        }[];
                        /** @description null at the end */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    postApiAdminAlertsByIdResolve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        severity: "info" | "warning" | "critical";
                        message: string;
                        /** @description null for alerts of the platform */
                        tenant_id: string | null;
                        created_at: string;
                        resolved: boolean;
                        resolved_at: string | null;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description It is not there, or not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Too many wrong admin secrets came from this network; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Overloaded, shutting down, storage unavailable or provider not configured; see `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
    "getApiAdminAudit-log": {
        parameters: {
            query?: {
                /** @description only of this action */
                action?: string;
                /** @description only by this actor */
                actor?: string;
                /** @description only what concerns this tenant */
                tenant_id?: string;
                /** @description from this moment on; UTC such as `2026-03-13T14:22:00Z`, or a day, which begins at midnight */
                from?: string;
                /** @description before this moment; UTC such as `2026-03-13T14:22:00Z`, or a day, which begins at midnight */
                to?: string;
                /** @description maximum results to return */
                limit?: number;
                /** @description `next_cursor` of an earlier answer to the same question: what comes after it */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: {
                            /** Format: uuid */
                            id: string;
                            seq: number | null;
                            action: string;
                            /** @description `admin`, `system`, `import`, or `tenant:<name>` for what a key did */
                            actor: string;
                            details: {
                                [key: string]: unknown;
                            };
                            timestamp: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Credentials are missing, wrong, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description Well-formed but invalid; `details` says where. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            /** @description The rate limit or a quota is used up; see `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description a sentence for a person */
                        error: string;
                        /** @description stable, snake_case */
                        code: string;
                        request_id: string;
                        /** @description for 422: each mistake, where and what is allowed */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
        };
    };
}
