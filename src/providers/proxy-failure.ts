import { CallFailure } from './call-failure.ts'
import { isRetryableStatus } from './retry-policy.ts'
import type { ProxyFault } from './upstream.ts'

/** What a proxy on the way to a provider did, without its address and its password. */
export function proxyFailure(provider: string, fault: ProxyFault): CallFailure {
  // A proxy that asks for another password will do so again.
  const mayPass = fault.status === null ? fault.how !== 'refused' : isRetryableStatus(fault.status)
  return new CallFailure('unreachable', sentence(provider, fault), {
    reached: false,
    ...(mayPass && { retryAfter: null }),
    cause: new Error(fault.code),
  })
}

function sentence(provider: string, { how, status }: ProxyFault): string {
  const proxy = `The proxy on the way to the provider ${provider}`
  if (how === 'down') return `${proxy} could not be reached.`
  if (how === 'broken') return `The provider ${provider} could not be reached through its proxy.`
  // tinyproxy says 401 where others say 407.
  if (status === 407 || status === 401) {
    return `${proxy} wants a user and a password, or others (status ${status}).`
  }
  const answered = status === null ? '' : ` (status ${status})`
  return `${proxy} refused to open a connection${answered}.`
}
