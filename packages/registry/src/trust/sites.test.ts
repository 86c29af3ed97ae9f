import { ANY_SITE, type Site } from '@sijil/qualifications'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  FROM,
  GRANT,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { countAffected } from '../certificates/affected.ts'
import { suspendCertificateByAuthority } from '../decisions/oversight.ts'
import { verifyDocument } from '../verification/verify.ts'
import { addMember, roles } from './members.ts'

const MASONRY = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
const PILOT = { scope: { ...MASONRY, sites: ['hall'] }, pilot: true }
const early = after(-MINUTE)
const at = (id: string) => ({ centre: { id } })

let world: World
let decide: ReturnType<typeof decisionsIn>
/** Two centres that may assess, and a body with an accreditation that is a pilot at one of them. */
beforeEach(async () => {
  world = await aWorld()
  decide = decisionsIn(world)
  for (const id of ['hall', 'yard']) {
    await decide.centre(id)
    await decide.grant(id, [AUTHORITY], { right: 'assess', scope: MASONRY })
  }
  await decide.amend(BODY, AUTHORITY, PILOT, early)
})

const verified = async (document: object, now = after(5 * MINUTE)) => {
  const { verdict, checks, issuer, pilot } = await verifyDocument(document, world.verifying(now))
  const check = checks.find(({ name }) => name === 'issuer-trust')
  return { verdict, pilot, reason: check?.reason, days: [issuer.onIssueDate, issuer.today] }
}

describe('R-081: an accreditation that is limited to sites', () => {
  test('covers a certificate that names one of the sites, and no other certificate', async () => {
    const answer = async (site: Site) => decide.ask(BODY, { site })
    expect(await answer('hall')).toMatchObject({ standing: 'authorised', pilot: true })
    expect(await answer('hall')).not.toHaveProperty('sites')
    for (const site of ['yard', undefined, 'nowhere', ''])
      expect(await answer(site)).toMatchObject({
        standing: 'not-for-this',
        outside: 'site',
        sentence: expect.stringContaining('at certain sites only, and this is not one of them'),
      })
  })

  test('is reported as limited, in sentence and in `sites`, if no certificate is asked about', async () => {
    const answer = await decide.ask(BODY)
    expect(answer).toMatchObject({ standing: 'authorised', pilot: true, sites: ['hall'] })
    expect(answer.sentence).toMatch(/, as a pilot, at 1 site only\.$/)
  })

  test('covers no site if the list is empty', async () => {
    await decide.amend(BODY, AUTHORITY, { scope: { ...MASONRY, sites: [] } }, after(-SECOND))
    for (const site of [ANY_SITE, 'hall', undefined] as const)
      expect(await decide.ask(BODY, { site })).toMatchObject({ standing: 'not-for-this', outside: 'site' })
  })

  test('is refused for an unknown id and for one that is no centre: an entity registered later could take the id unnoticed', async () => {
    const refused = { code: 'validation-failed', faults: [{ pointer: '/scope/sites/1' }] }
    for (const id of ['nowhere', BODY, AUTHORITY]) {
      const scope = { ...MASONRY, sites: ['hall', id] }
      await expect(decide.grant(BODY, [AUTHORITY], { grant: 'more', scope })).rejects.toMatchObject(refused)
      await expect(decide.amend(BODY, AUTHORITY, { scope })).rejects.toMatchObject(refused)
    }
  })

  test('covers the sites of all grants together, or every site if one grant has no limit', async () => {
    await decide.grant(BODY, [AUTHORITY], { grant: 'yard', scope: { ...MASONRY, sites: ['yard'] } })
    expect(await decide.ask(BODY)).toMatchObject({ sites: ['hall', 'yard'] })
    await decide.grant(BODY, [AUTHORITY], { grant: 'all', scope: MASONRY })
    const everywhere = await decide.ask(BODY)
    expect(everywhere.standing).toBe('authorised')
    expect(everywhere).not.toHaveProperty('sites')
  })
})

describe('with several grants', () => {
  test('a mismatch of the site alone is reported before other mismatches', async () => {
    await decide.body('body')
    await decide.grant('body', [AUTHORITY], { grant: 'tiles', scope: { qualifications: ['ph-tile-nc2'] } })
    await decide.grant('body', [AUTHORITY], { grant: 'hall', scope: { ...MASONRY, sites: ['hall'] } })
    expect(await decide.ask('body', { site: 'yard' })).toMatchObject({ standing: 'not-for-this', outside: 'site' })
    expect(await decide.ask('body', { qualification: 'ph-masonry-nc1' })).toMatchObject({ outside: 'qualification' })
  })

  test('a pilot is reported if all sites are asked about, and otherwise for its own site alone', async () => {
    await decide.body('body')
    await decide.grant('body', [AUTHORITY], { grant: 'hall', scope: { ...MASONRY, sites: ['hall'] } })
    await decide.grant('body', [AUTHORITY], { grant: 'yard', scope: { ...MASONRY, sites: ['yard'] }, pilot: true })
    expect(await decide.ask('body')).toMatchObject({ pilot: true, sites: ['hall', 'yard'] })
    expect(await decide.ask('body', { site: 'yard' })).toMatchObject({ standing: 'authorised', pilot: true })
    expect(await decide.ask('body', { site: 'hall' })).not.toHaveProperty('pilot')
  })
})

describe('issuing', () => {
  test('is refused outside the sites, names the dimension and reserves nothing', async () => {
    for (const change of [at('yard'), {}])
      await expect(world.issue(change)).rejects.toMatchObject({
        code: 'type-not-in-scope',
        faults: [{ pointer: '/centre/id', detail: 'outside the scope: site' }],
      })
    expect(world.store.events('reserved')).toEqual([])
  })

  test('is allowed inside, and the verdict reports the pilot', async () => {
    const { verifiableCredential } = await world.issue(at('hall'))
    expect(await verified(verifiableCredential)).toMatchObject({ verdict: 'valid', pilot: true })
  })
})

describe('a certificate whose site was removed from the scope', () => {
  const without = { scope: { ...MASONRY, sites: ['yard'] } }

  test('stays valid if the site was removed from a later day, and is outside today', async () => {
    const { verifiableCredential } = await world.issue(at('hall'))
    await decide.amend(BODY, AUTHORITY, { ...without, effectiveAt: after(MINUTE).toISOString() }, after(MINUTE))
    expect(await verified(verifiableCredential)).toMatchObject({
      verdict: 'valid',
      days: [{ standing: 'authorised' }, { standing: 'not-for-this', outside: 'site' }],
    })
  })

  test('is invalid if the site was removed from the beginning, and is outside on both days', async () => {
    const { verifiableCredential } = await world.issue(at('hall'))
    await decide.amend(BODY, AUTHORITY, { ...without, effectiveAt: FROM }, after(MINUTE))
    expect(await verified(verifiableCredential)).toMatchObject({
      verdict: 'invalid',
      reason: 'issuer-not-accredited',
      days: [
        { standing: 'not-for-this', outside: 'site' },
        { standing: 'not-for-this', outside: 'site' },
      ],
    })
  })
})

test('certificates under a grant with sites are those that name one of them: they are counted, and its authority may change them', async () => {
  await decide.authority('board')
  await addMember({ owner: 'board', subject: OFFICER, roles, actor: 'registrar' }, { store: world.store, now: noon })
  const more = { grant: 'yard', scope: { ...MASONRY, sites: ['yard'] }, mayChangeStatus: true as const }
  await decide.grant(BODY, ['board'], more)
  const hall = await world.issue({ ...at('hall'), certificateNumber: 'H' }, { key: 'h' })
  const yard = await world.issue({ ...at('yard'), certificateNumber: 'Y' }, { key: 'y' })
  const count = (grant: string) => countAffected({ issuer: BODY, grant }, world)
  expect([await count(GRANT), await count('yard')]).toEqual(Array(2).fill({ affected: 1, issuedUnder: 1 }))
  const suspend = ({ uuid }: { uuid: string }) =>
    suspendCertificateByAuthority(
      { authority: 'board', issuer: BODY, uuid, subject: OFFICER, reason: 'under-investigation' },
      world.at(after(MINUTE)),
    )
  await expect(suspend(hall)).rejects.toMatchObject({ code: 'not-found' })
  expect(await suspend(yard)).toMatchObject({ record: { state: 'suspended' } })
})

test('certificates of another centre, or of none, are outside from the day on which the scope is limited', async () => {
  await decide.amend(BODY, AUTHORITY, { scope: MASONRY }, after(-SECOND))
  const documents = [await world.issue(at('yard')), await world.issue({ certificateNumber: 'N' }, { key: 'n' })]
  await decide.amend(BODY, AUTHORITY, { ...PILOT, effectiveAt: FROM }, after(MINUTE))
  for (const { verifiableCredential } of documents)
    expect(await verified(verifiableCredential)).toMatchObject({ verdict: 'invalid', reason: 'issuer-not-accredited' })
})

describe('limits of sites in a chain', () => {
  const sites = (...ids: string[]) => ({ scope: { ...MASONRY, sites: ids } })
  beforeEach(async () => {
    await decide.authority('ministry')
    await decide.grant('ministry', [AUTHORITY], { right: 'accredit', ...sites('hall', 'yard') })
    await decide.body('body')
  })

  test('a grant with sites must be within the sites of its grantor', async () => {
    const refused = { code: 'validation-failed', faults: [{ pointer: '/scope', detail: 'wider than its own: site' }] }
    await decide.centre('shed')
    for (const wider of [{ scope: MASONRY }, sites('hall', 'shed')])
      await expect(decide.grant('body', ['ministry'], wider)).rejects.toMatchObject(refused)
    await decide.grant('body', ['ministry'], sites('hall'))
    expect(await decide.ask('body', { site: 'hall' })).toMatchObject({ standing: 'authorised' })
  })

  test('a narrower grant above narrows the one below; without a common site, neither covers any', async () => {
    await decide.grant('body', ['ministry'], sites('hall', 'yard'))
    expect(await decide.ask('body')).toMatchObject({ sites: ['hall', 'yard'] })
    await decide.amend('ministry', AUTHORITY, sites('yard'), after(-2 * SECOND))
    expect(await decide.ask('body')).toMatchObject({ standing: 'authorised', sites: ['yard'] })
    expect(await decide.ask('body', { site: 'hall' })).toMatchObject({ standing: 'not-for-this', outside: 'site' })
    await decide.body('other')
    await decide.grant('other', ['ministry'], sites('yard'))
    await decide.amend('ministry', AUTHORITY, sites('hall'), after(-SECOND))
    const nowhere = await decide.ask('other')
    expect(nowhere).toMatchObject({ standing: 'not-for-this', outside: 'site' })
    expect(nowhere.chain.map(({ standing }) => standing)).toEqual(['authorised', 'authorised', 'not-for-this'])
  })

  test('a centre assesses only at itself, so a grant for another site allows nothing', async () => {
    await decide.grant('hall', ['ministry'], { grant: 'own', right: 'assess', ...sites('yard') })
    await decide.withdraw('hall', AUTHORITY, { effectiveAt: FROM })
    await decide.amend(BODY, AUTHORITY, { scope: MASONRY }, after(-SECOND))
    await expect(world.issue(at('hall'))).rejects.toMatchObject({ faults: [{ pointer: '/centre/id' }] })
  })
})

const someSites = fc.option(fc.uniqueArray(fc.constantFrom('hall', 'yard', 'shed'), { maxLength: 3 }), {
  nil: undefined,
})

test('the answer for any site lists exactly the sites that are authorised, along the chain and over all grants', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ own: someSites, above: fc.array(someSites, { minLength: 1, maxLength: 2 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.option(someSites, { nil: null }),
      async (grants, principal) => {
        const is = decisionsIn(await aWorld())
        const limited = (sites: readonly string[] | undefined) => ({ scope: { ...MASONRY, ...(sites && { sites }) } })
        for (const id of ['hall', 'yard', 'shed']) await is.centre(id)
        await is.body('body')
        await is.body('principal')
        await is.grant('principal', [AUTHORITY], limited(principal ?? undefined))
        for (const [index, { own, above }] of grants.entries()) {
          const ids = above.map((_, place) => `above-${index}-${place}`)
          for (const id of ids) {
            await is.authority(id)
            await is.grant(id, [AUTHORITY], { right: 'accredit', ...limited(undefined) })
          }
          const behalf = principal === null ? {} : { onBehalfOf: 'principal' }
          await is.grant('body', ids as [string], { grant: `grant-${index}`, ...limited(own), ...behalf })
          // Narrowed afterwards, because no entity may grant more than it holds.
          for (const [place, sites] of above.entries())
            await is.amend(ids[place] as string, AUTHORITY, limited(sites), after(-SECOND))
        }
        const at = async (site: Site) => (await is.ask('body', { site })).standing === 'authorised'
        const { standing, sites } = await is.ask('body')
        const each = ['hall', 'yard', 'shed']
        const so = await Promise.all(each.map(at))
        expect(standing === 'authorised').toBe(so.some((one) => one))
        if (standing !== 'authorised') expect(sites).toBeUndefined()
        else if (await at(undefined)) expect(sites).toBeUndefined()
        else expect(sites).toEqual(each.filter((_, place) => so[place]).sort())
      },
    ),
    { numRuns: 60 },
  )
})
