import { decodeList, isSet } from '@sijil/credentials'
import { withdrawAccreditation } from '@sijil/registry/decisions'
import {
  pastStatusList,
  publishStatusList,
  reinstateCertificate,
  revokeCertificate,
  suspendCertificate,
} from '@sijil/registry/status'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AUTHORITY, after, aWorld, BODY, GRANT, MINUTE, OFFICER, SECOND } from './support/registry-world.ts'
import { aCache, aSimulatedRegistry } from './support/simulated-registry.ts'

const HOUR = 60 * MINUTE

/** A registry with a certificate that was revoked five minutes after its issue. The clock is one hour after the issue. */
async function aRevokedOne() {
  const registry = await aSimulatedRegistry()
  const { world, clock, url } = registry
  const { id, verifiableCredential } = await world.issue()
  const { credentialStatus } = verifiableCredential as { credentialStatus: Record<string, string>[] }
  const [{ statusListCredential = '', statusListIndex = '' } = {}] = credentialStatus
  const change = { issuer: BODY, uuid: id.slice('urn:uuid:'.length), actor: OFFICER }
  await revokeCertificate({ ...change, reason: 'misconduct' }, world.at(after(5 * MINUTE)))
  clock.now = after(HOUR).getTime()
  const path = new URL(statusListCredential).pathname
  const ask = (moment: Date) => fetch(`${url}${path}?timestamp=${moment.toISOString()}`)
  return { ...registry, path, index: Number(statusListIndex), ask }
}

test('?timestamp= is rounded down to the minute, the answer names that minute, and each list is signed at most once a minute', async () => {
  const { world, clock, ask, close } = await aRevokedOne()
  try {
    const answerAt = async (milliseconds: number) => {
      const response = await ask(after(milliseconds))
      return { moment: response.headers.get('memento-datetime'), text: await response.text() }
    }
    const signatures = () => world.keys.signatures.filter(({ purpose }) => purpose === 'lists').length
    const first = await answerAt(5 * MINUTE + 1)
    expect(first.moment).toBe('Mon, 02 Mar 2026 12:05:00 GMT')
    expect(JSON.parse(first.text)).toMatchObject({ validFrom: '2026-03-02T12:05:00Z' })
    const before = signatures()
    clock.now += 59_999
    const again = [5 * MINUTE, 5 * MINUTE + 30 * SECOND, 6 * MINUTE - 1].map(answerAt)
    for (const answer of await Promise.all(again)) expect(answer).toEqual(first)
    expect(signatures()).toBe(before)
    // Another past minute has another list. The same list is signed again a minute after it was last signed.
    expect((await answerAt(6 * MINUTE)).text).not.toBe(first.text)
    expect(signatures()).toBe(before + 1)
    clock.now += 1
    expect((await answerAt(5 * MINUTE)).moment).toBe(first.moment)
    expect(signatures()).toBe(before + 2)
  } finally {
    await close()
  }
})

test('?timestamp= answers 200 with the list of that moment, cached for an hour and never marked as immutable', async () => {
  const { clock, url, path, index, ask, close } = await aRevokedOne()
  try {
    const listAt = async (moment: Date) => {
      const response = await ask(moment)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toMatch(/^public, max-age=3600\b(?!.*immutable)/)
      const { credentialSubject, validFrom } = (await response.json()) as {
        credentialSubject: { encodedList: string }
        validFrom: string
      }
      return { validFrom, isRevoked: isSet(decodeList(credentialSubject.encodedList), index) }
    }
    expect(await listAt(after(4 * MINUTE + 59 * SECOND))).toEqual({
      validFrom: '2026-03-02T12:04:00Z',
      isRevoked: false,
    })
    expect(await listAt(after(5 * MINUTE))).toEqual({ validFrom: '2026-03-02T12:05:00Z', isRevoked: true })
    expect((await aCache(url, clock)(path)).maxAge).toBe(40)
  } finally {
    await close()
  }
})

test('a settled answer about trust is cached for a year, and a later decision does not change it', async () => {
  const { world, clock, url, close } = await aSimulatedRegistry()
  try {
    const moment = after(0).toISOString()
    const question = `/issuers/${BODY}/accreditations?effective=${moment}&recorded=${moment}&qualification=ph-masonry-nc2`
    const ask = () => aCache(url, clock)(question)
    clock.now = after(4 * MINUTE).getTime()
    expect((await ask()).maxAge).toBe(0)
    clock.now = after(6 * MINUTE).getTime()
    const settled = await ask()
    expect(settled.maxAge).toBe(365 * 24 * 3_600)
    const from = { effectiveAt: '2020-01-01T00:00:00.000Z', actor: 'a', by: AUTHORITY, basis: 'fraud' }
    await withdrawAccreditation({ grantee: BODY, grant: GRANT, ...from }, world.at(new Date(clock.now)))
    clock.now = after(HOUR).getTime()
    expect(await ask()).toEqual(settled)
    expect((await aCache(url, clock)(`/issuers/${BODY}/accreditations`)).text).toContain('"state":"withdrawal"')
  } finally {
    await close()
  }
})

const verbs = fc.constantFrom('suspend', 'reinstate', 'revoke', 'publish', 'publish')
const step = fc.record({
  verb: verbs,
  certificate: fc.integer({ min: 0, max: 2 }),
  seconds: fc.constantFrom(0, 1, 300),
})

test('in every history, the list of a past moment has the entries of the list that was published at that moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const world = await aWorld()
      const uuids: string[] = []
      for (const place of [0, 1, 2]) {
        const { uuid } = await world.issue({ certificateNumber: `P-${place}` }, { key: `key-${place}` })
        uuids.push(uuid)
      }
      const [reserved] = world.store.events('reserved')
      const { pair } = Object(reserved?.status) as { pair: string }
      const published: { list: string; moment: Date; entries: string }[] = []
      let now = after(SECOND)
      for (const { verb, certificate, seconds } of steps) {
        // A list may be published at the moment of a change that was acknowledged before. A change never has the moment of an earlier list.
        now = new Date(now.getTime() + seconds * SECOND + (verb === 'publish' ? 0 : 1))
        const change = { issuer: BODY, uuid: uuids[certificate] ?? '', actor: OFFICER }
        if (verb === 'publish')
          for (const list of [`${pair}-revocation`, `${pair}-suspension`])
            published.push({
              list,
              moment: now,
              entries: entriesOf((await publishStatusList(list, world.at(now))).text),
            })
        // A change that is not allowed in this state is refused and changes nothing.
        else if (verb === 'suspend')
          await suspendCertificate({ ...change, reason: 'under-investigation' }, world.at(now)).catch(() => {})
        else if (verb === 'reinstate') await reinstateCertificate(change, world.at(now)).catch(() => {})
        else await revokeCertificate({ ...change, reason: 'misconduct' }, world.at(now))
      }
      const later = new Date(now.getTime() + HOUR)
      for (const { list, moment, entries } of published)
        expect(entriesOf((await pastStatusList(list, moment.toISOString(), world.at(later))).text)).toBe(entries)
    }),
    { numRuns: 40 },
  )
}, 120_000)

const entriesOf = (text: string): string => JSON.parse(text).credentialSubject.encodedList
