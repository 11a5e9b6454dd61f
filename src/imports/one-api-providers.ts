import { contextLength } from './model-facts.ts'
import {
  channelBaseUrl,
  channelKind,
  channelTypeName,
  type OneApiFlavour,
} from './one-api-channels.ts'
import type { ChannelRow } from './one-api-database.ts'
import type { LeftOut } from './plan.ts'
import type { Connection, KeySource, ProviderGroups } from './provider-groups.ts'
import { counted } from './words.ts'

const ENABLED = 1

/** The enabled channels, as the program prefers them: by priority, then the older one. */
export function enabledChannels(channels: ChannelRow[]): ChannelRow[] {
  return channels
    .filter(({ status }) => status === ENABLED)
    .toSorted((a, b) => b.priority - a.priority || a.id - b.id)
}

/** Enters the models of every enabled channel; answers what is left out. */
export function addChannels(
  groups: ProviderGroups,
  channels: ChannelRow[],
  flavour: OneApiFlavour,
): LeftOut[] {
  const disabled = channels
    .filter(({ status }) => status !== ENABLED)
    .map((channel) => ({ what: titleOf(channel), why: 'it is disabled' }))
  const entered = enabledChannels(channels).flatMap((channel) =>
    addChannel(groups, channel, flavour),
  )
  return [...disabled, ...entered]
}

function addChannel(
  groups: ProviderGroups,
  channel: ChannelRow,
  flavour: OneApiFlavour,
): LeftOut[] {
  const what = titleOf(channel)
  const found = connectionOf(channel, flavour)
  if (typeof found === 'string') return [{ what, why: found }]
  const mapping = mappingOf(channel)
  if (mapping === null) return [{ what, why: 'its model_mapping is no JSON object' }]
  const models = listed(channel.models).flatMap((id) => {
    const fault = groups.add(found, toModel(id, upstreamOf(id, mapping)))
    return fault === null ? [] : [{ what: `model ${id} of ${what}`, why: fault }]
  })
  return [...models, ...partsLeftOut(channel)]
}

/** How the channel is reached, or why ARES cannot. */
function connectionOf(channel: ChannelRow, flavour: OneApiFlavour): Connection | string {
  const { name, type, baseUrl } = channel
  const kind = channelKind(flavour, type)
  if (!kind) return `ARES does not speak the format of its type (${channelTypeName(flavour, type)})`
  const url = channelBaseUrl(kind, baseUrl)
  if (url === null) return 'it has no base_url'
  return { name: name || kind.name, type: kind.type, baseUrl: url, key: keyOf(channel) }
}

/** The first of its keys: a provider here has one. */
function keyOf({ key }: ChannelRow): KeySource {
  const [value = ''] = keysOf(key)
  return value === '' ? { kind: 'none' } : { kind: 'value', value }
}

function keysOf(key: string): string[] {
  return key
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function partsLeftOut(channel: ChannelRow): LeftOut[] {
  const { key, overrides } = channel
  const further = keysOf(key).length - 1
  return [
    ...(further > 0
      ? [
          {
            what: `${counted(further, 'further key')} of ${titleOf(channel)}`,
            why: 'a provider has one key',
          },
        ]
      : []),
    ...overrides.map((column) => ({
      what: `${column} of ${titleOf(channel)}`,
      why: 'a provider here has no such setting',
    })),
  ]
}

function mappingOf({ modelMapping }: ChannelRow): Record<string, unknown> | null {
  if (modelMapping.trim() === '') return {}
  try {
    const mapping: unknown = JSON.parse(modelMapping)
    if (mapping === null) return {}
    return typeof mapping === 'object' && !Array.isArray(mapping)
      ? (mapping as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

function upstreamOf(id: string, mapping: Record<string, unknown>): string {
  const mapped = Object.hasOwn(mapping, id) ? mapping[id] : undefined
  return typeof mapped === 'string' && mapped !== '' ? mapped : id
}

function toModel(id: string, upstreamId: string) {
  const mode = /embed|^bge-|^m3e/i.test(upstreamId) ? 'embedding' : 'chat'
  return {
    id,
    upstreamId,
    mode,
    ...contextLength(null, mode),
    maxOutputTokens: null,
    supportsTools: mode === 'chat',
    inputUsdPerMtok: null,
    outputUsdPerMtok: null,
    cachedInputUsdPerMtok: null,
    cacheWriteUsdPerMtok: null,
  } as const
}

/** A comma-separated list of the source. */
export function listed(text: string): string[] {
  const items = text.split(',').map((item) => item.trim())
  return [...new Set(items.filter((item) => item !== ''))]
}

function titleOf({ id, name }: ChannelRow): string {
  return `channel ${name || id}`
}
