import { expect, test } from 'vitest'
import { after, aWorld, BODY, noon, SECOND } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { findChange } from '../log/changes.ts'
import { sequenceLog } from '../log/sequence.ts'
import { findPlace } from '../log/serve.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { ChainLink } from './issuer-answer.ts'

const assurance = { reviewer: 'Panel', reviewedOn: '2019-12-20', findings: 'Most is met.', gaps: ['No appeal'] }

async function aChain() {
  const world = await aWorld()
  const is = decisionsIn(world)
  await is.authority('council')
  await is.authority('ministry')
  await is.body('body')
  await is.grant('ministry', ['council'], { right: 'accredit', assurance })
  await is.grant('body', ['ministry'])
  return { world, is }
}

const decidedBy = (chain: readonly ChainLink[]) =>
  chain.map(({ decisions }) => decisions.map(({ entry, by }) => [entry, ...by]))

test('R-045: each link names its decisions and who made them, and the log has each under that name', async () => {
  const { world, is } = await aChain()
  await is.suspend('body', 'ministry', {}, after(-2 * SECOND))
  await is.lift('body', 'ministry', {}, after(-SECOND))
  const { chain } = await is.ask('body')
  expect(decidedBy(chain)).toEqual([
    [['council/trust/0']],
    [['ministry/trust/1', 'council']],
    [
      ['body/trust/3', 'ministry'],
      ['body/trust/4', 'ministry'],
      ['body/trust/5', 'ministry'],
    ],
  ])
  const { store, artefacts, keys, baseUrl } = world
  await sequenceLog('registry', { store, artefacts, signer: keys, keys, baseUrl, now: after(SECOND), seen: new Set() })
  const logged = chain
    .flatMap(({ decisions }) => decisions)
    .map(async ({ entry, recordedAt }) => {
      const { index = -1 } = (await findPlace('registry', entry, store)) ?? {}
      const change = (await findChange(index, store))?.change
      expect(change?.recordedAt).toBe(recordedAt)
      return [`${change?.stream}/${change?.number}`, change?.events[0]?.type]
    })
  expect(await Promise.all(logged)).toEqual([
    ['council/trust/0', 'authority-registered'],
    ['ministry/trust/1', 'accredited'],
    ['body/trust/3', 'accredited'],
    ['body/trust/4', 'accreditation-suspended'],
    ['body/trust/5', 'accreditation-lifted'],
  ])
})

test('R-045: a decision for a later day, or one that awaits another grantor, is not listed', async () => {
  const { is } = await aChain()
  await is.withdraw('body', 'ministry', { effectiveAt: after(SECOND).toISOString() })
  await is.amend('ministry', 'council', { awaits: ['another'], effectiveAt: noon.toISOString() })
  const { chain } = await is.ask('body')
  expect(decidedBy(chain)).toEqual([
    [['council/trust/0']],
    [['ministry/trust/1', 'council']],
    [['body/trust/3', 'ministry']],
  ])
})

test('R-122: the chain ends in the accepted root, and has no root if none is accepted', async () => {
  const { is } = await aChain()
  const rootsOf = async (id: string, roots?: string[]) =>
    (await is.ask(id, {}, { demonstration: true, ...(roots && { roots }) })).chain.map((link) => [link.id, link.root])
  const below = [
    ['ministry', undefined],
    ['body', undefined],
  ]
  expect(await rootsOf('body')).toEqual([['council', true], ...below])
  expect(await rootsOf('body', ['council'])).toEqual([['council', true], ...below])
  expect(await rootsOf('body', ['another'])).toEqual([['council', undefined], ...below])
  await is.body('lawful')
  await is.byLaw('lawful')
  expect(await rootsOf('lawful')).toEqual([['lawful', true]])
  expect(await rootsOf('lawful', ['council'])).toEqual([['lawful', undefined]])
})

test('R-069: each granted link shows the result of its quality review, or that there was none', async () => {
  const { is } = await aChain()
  const { chain } = await is.ask('body')
  expect(chain.map(({ review }) => review)).toEqual([
    undefined,
    { reviewer: 'Panel', reviewedOn: '2019-12-20', gaps: 1 },
    'none',
  ])
})

test('R-122: a verdict names the policy that judged its issuer', async () => {
  const world = await aWorld()
  const { verifiableCredential } = await world.issue()
  const judged = async (policy: object) =>
    await verifyDocument(verifiableCredential, { ...world.verifying(noon), policy: { demonstration: true, ...policy } })
  expect(await judged({ roots: ['demo-pqf'], refused: ['somebody'] })).toMatchObject({
    verdict: 'valid',
    policy: { demonstration: true, roots: ['demo-pqf'], refused: ['somebody'] },
    issuer: { onIssueDate: { chain: [{ id: 'demo-pqf', root: true }, { id: BODY }] } },
  })
  const refused = await judged({ refused: [BODY] })
  expect(refused).toMatchObject({ verdict: 'indeterminate', policy: { refused: [BODY] } })
  expect(refused.issuer.today).toMatchObject({ refused: true, chain: [] })
})
