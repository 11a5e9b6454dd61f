import { describe, expect, test } from 'bun:test'
import { AresError } from '../../../src/errors.ts'
import { InFlight, RunStopped } from '../../../src/execution/in-flight.ts'

/** Nine places: four for a tenant, six on `slow`, two on `quick`. */
function nine(): InFlight {
  return new InFlight({
    server: { maxInFlight: 9, maxInFlightPerTenant: 4 },
    providers: [
      { name: 'slow', maxInFlight: 6 },
      { name: 'quick', maxInFlight: 2 },
    ],
  })
}

/** Opens runs of the tenant on the provider until one is refused. */
function fill(inFlight: InFlight, tenantId: string, provider: string) {
  const flights = []
  for (;;) {
    try {
      flights.push(inFlight.open({ tenantId, gone: null }, provider))
    } catch (error) {
      if (!(error instanceof AresError)) throw error
      return { flights, refusal: error }
    }
  }
}

/** Why the signal has aborted; undefined when it has not. */
function stoppedBy({ aborted, reason }: AbortSignal) {
  return aborted && reason instanceof RunStopped ? reason.failure : undefined
}

describe('the limits', () => {
  test('of a tenant, whatever the provider', () => {
    const inFlight = nine()
    fill(inFlight, 'acme', 'quick')
    const { flights, refusal } = fill(inFlight, 'acme', 'slow')
    expect(flights).toHaveLength(2)
    expect(refusal).toMatchObject({ code: 'rate_limited', retryAfterS: 1 })
    expect(fill(inFlight, 'globex', 'slow').flights).toHaveLength(4)
  })

  test('of a provider, whatever the tenant', () => {
    const inFlight = nine()
    inFlight.open({ tenantId: 'acme', gone: null }, 'quick')
    const { flights, refusal } = fill(inFlight, 'globex', 'quick')
    expect(flights).toHaveLength(1)
    expect(refusal).toMatchObject({ code: 'overloaded', retryAfterS: 1 })
    expect(refusal.message).toContain('quick')
    expect(fill(inFlight, 'globex', 'slow').flights).toHaveLength(3)
  })

  test('of the process, whatever the tenant and the provider', () => {
    const inFlight = nine()
    for (const tenant of ['acme', 'globex']) fill(inFlight, tenant, 'slow')
    fill(inFlight, 'initech', 'quick')
    const { flights, refusal } = fill(inFlight, 'hooli', '')
    expect(flights).toHaveLength(1)
    expect(refusal).toMatchObject({ code: 'overloaded', retryAfterS: 1 })
  })

  test('of the tenant are told first', () => {
    const inFlight = nine()
    fill(inFlight, 'acme', 'slow')
    fill(inFlight, 'globex', 'slow')
    fill(inFlight, 'globex', 'quick')
    fill(inFlight, 'initech', 'quick')
    expect(fill(inFlight, 'acme', 'slow').refusal.code).toBe('rate_limited')
  })

  test('a model without a provider counts for its tenant', () => {
    const { flights, refusal } = fill(nine(), 'acme', '')
    expect(flights).toHaveLength(4)
    expect(refusal.code).toBe('rate_limited')
  })
})

test('landing frees one place of the tenant and of the provider, once', () => {
  const inFlight = nine()
  const { flights } = fill(inFlight, 'acme', 'slow')
  flights[0]!.land()
  flights[0]!.land()
  expect(fill(inFlight, 'acme', 'slow').flights).toHaveLength(1)
  const { flights: quick } = fill(inFlight, 'globex', 'quick')
  quick[0]!.land()
  quick[0]!.land()
  expect(fill(inFlight, 'globex', 'quick').flights).toHaveLength(1)
})

test('a refused run takes no place', () => {
  const inFlight = nine()
  const { flights } = fill(inFlight, 'acme', 'slow')
  for (let i = 0; i < 10; i++) fill(inFlight, 'acme', 'slow')
  for (const flight of flights) flight.land()
  expect(fill(inFlight, 'acme', 'slow').flights).toHaveLength(4)
})

describe('what stops a run', () => {
  test('a client that goes away, then or already', () => {
    const inFlight = nine()
    const client = new AbortController()
    const { signal } = inFlight.open({ tenantId: 'acme', gone: client.signal }, 'slow')
    expect(stoppedBy(signal)).toBeUndefined()
    client.abort()
    expect(stoppedBy(signal)).toBe('client_gone')
    expect(stoppedBy(inFlight.open({ tenantId: 'acme', gone: client.signal }, 'slow').signal)).toBe(
      'client_gone',
    )
  })

  test('the caller, for a client that has gone', () => {
    const flight = nine().open({ tenantId: 'acme', gone: null }, 'slow')
    flight.abandon()
    expect(stoppedBy(flight.signal)).toBe('client_gone')
  })

  test('the server when it stops: each run that is under way', () => {
    const inFlight = nine()
    const client = new AbortController()
    const [under, gone, landed] = [1, 2, 3].map(() =>
      inFlight.open({ tenantId: 'acme', gone: client.signal }, 'slow'),
    )
    gone!.abandon()
    landed!.land()
    inFlight.abortAll()
    expect(stoppedBy(under!.signal)).toBe('shutting_down')
    expect(stoppedBy(gone!.signal)).toBe('client_gone')
    client.abort()
    expect(stoppedBy(under!.signal)).toBe('shutting_down')
    expect(stoppedBy(landed!.signal)).toBeUndefined()
  })
})

test('it is idle once the last run has landed, stopped or not', async () => {
  const inFlight = nine()
  await inFlight.whenIdle()
  const { flights } = fill(inFlight, 'acme', 'slow')
  let idle = false
  const whenIdle = inFlight.whenIdle().then(() => {
    idle = true
  })
  inFlight.abortAll()
  for (const flight of flights) {
    await Promise.resolve()
    expect(idle).toBe(false)
    flight.land()
  }
  await whenIdle
})
