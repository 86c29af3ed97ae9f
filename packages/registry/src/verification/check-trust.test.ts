import { fromOpenBadge, parseProfile } from '@sijil/credentials'
import { describe, expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import { AUTHORITY, after, aWorld, BODY, GRANT, MINUTE, noon } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { checkTrust } from './check-trust.ts'
import { localRecords } from './local-records.ts'
import type { RecordSource } from './record-source.ts'
import { verifySignature } from './verify-signature.ts'

const REGISTRY = 'https://other.example'

/** A certificate of another registry, issued at noon and verified a minute later, for a qualification that this registry does not know. */
async function ofUnknownQualification({ hasLog, isLogged }: { hasLog: boolean; isLogged: boolean }) {
  const world = await aWorld()
  const is = decisionsIn(world)
  const { verifiableCredential } = await world.issue()
  const profile = parseProfile(verifiableCredential)
  const check = async () => {
    const deps = world.verifying(after(MINUTE))
    const source: RecordSource = { ...localRecords(deps), keptBy: { registry: REGISTRY, hasLog } }
    const { signed } = await verifySignature({ profile, certificate: fromOpenBadge(profile) }, source)
    if (signed === undefined) throw new Error('the signature must hold')
    const moment = isLogged
      ? { recordedAt: noon.toISOString(), witnessedAt: async () => noon.toISOString() }
      : undefined
    const issuedAt = (isLogged ? noon : deps.now).toISOString()
    const { check: answer } = await checkTrust(
      { ...signed, recorded: { checks: [], moment, issuedAt } },
      baselineHistory('weaving-2'),
      source,
    )
    return answer
  }
  return { is, check }
}

describe('a qualification that another registry knows and this one does not', () => {
  const onItsOwn = { hasLog: false, isLogged: false }

  test('leaves open whether its issuer was allowed to issue it', async () => {
    const { check } = await ofUnknownQualification(onItsOwn)
    expect(await check()).toEqual({
      name: 'issuer-trust',
      outcome: 'not_performed',
      reason: 'catalogue-not-copied',
      evidence: { registry: REGISTRY },
    })
  })

  test.each(['suspend', 'withdraw'] as const)(
    'fails for an issuer that may issue nothing any more: %s',
    async (verb) => {
      const { is, check } = await ofUnknownQualification(onItsOwn)
      await is[verb](BODY, AUTHORITY, { grant: GRANT, effectiveAt: noon.toISOString() })
      expect(await check()).toMatchObject({
        outcome: 'failed',
        reason: verb === 'suspend' ? 'issuer-suspended' : 'issuer-withdrawn',
      })
    },
  )

  test('leaves the question open for an issuer that keeps one accreditation of two', async () => {
    const { is, check } = await ofUnknownQualification(onItsOwn)
    await is.grant(BODY, [AUTHORITY], { grant: 'second', right: 'issue' })
    await is.suspend(BODY, AUTHORITY, { grant: GRANT, effectiveAt: noon.toISOString() })
    expect(await check()).toMatchObject({ outcome: 'not_performed', reason: 'catalogue-not-copied' })
  })

  test('of a suspended issuer leaves the question open without a proof from the log, and fails with one', async () => {
    for (const [isLogged, outcome] of [
      [false, 'not_performed'],
      [true, 'failed'],
    ] as const) {
      const { is, check } = await ofUnknownQualification({ hasLog: true, isLogged })
      await is.suspend(BODY, AUTHORITY, { grant: GRANT, effectiveAt: noon.toISOString() })
      expect(await check(), `logged: ${isLogged}`).toMatchObject({ outcome })
    }
  })
})
