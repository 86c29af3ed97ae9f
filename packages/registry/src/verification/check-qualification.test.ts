import type { Certificate } from '@sijil/credentials'
import { expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import { after, aWorld, MINUTE, noon } from '../../../../test/support/registry-world.ts'
import { historyOf } from '../../../../test/support/stated-qualifications.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { checkCentre } from './check-centre.ts'
import { checkQualification, historyFor } from './check-qualification.ts'
import { localRecords } from './local-records.ts'

const THEIRS = 'https://other.example'
const keptBy = { registry: THEIRS, hasLog: true }
const named = (id: string, more: object = {}) =>
  ({
    qualification: { id, edition: '2026' },
    levels: [],
    validFrom: noon.toISOString(),
    ...more,
  }) as unknown as Certificate

async function found(id: string, by: typeof keptBy | undefined) {
  const here = historyOf('cookery', {})
  const catalogue = async (asked: string) => (by === undefined && asked === here.id ? here : baselineHistory(asked))
  const history = await historyFor(named(id), { catalogue, keptBy: by })
  const { check } = checkQualification(named(id), history, { moment: undefined }, { keptBy: by, now: after(MINUTE) })
  return [check.outcome, check.reason]
}
const open = ['not_performed', 'catalogue-not-copied']

test('a qualification is looked up by registry and id: a record of this registry answers for no other', async () => {
  expect(await found('https://registry.example/qualifications/demo-body.cookery', undefined)).toEqual([
    'passed',
    undefined,
  ])
  expect(await found(`${THEIRS}/qualifications/demo-body.cookery`, keptBy)).toEqual(open)
  expect(await found('https://registry.example/qualifications/demo-body.cookery', keptBy)).toEqual(open)
})

test('records that ship with the software answer for both registries, and for no third one', async () => {
  expect(await found(`${THEIRS}/qualifications/ph-masonry-nc2`, keptBy)).toEqual(['passed', undefined])
  for (const third of [
    'https://registry.example/qualifications/ph-masonry-nc2',
    `${THEIRS}.evil.example/qualifications/ph-masonry-nc2`,
    `${THEIRS}/qualifications/x/ph-masonry-nc2`,
    `${THEIRS}/other/ph-masonry-nc2`,
  ])
    expect([third, await found(third, keptBy)]).toEqual([third, open])
})

test('a centre named for a qualification that is not known here is an open question, and no failure', async () => {
  const world = await aWorld()
  await decisionsIn(world).centre('taguig')
  const source = { ...localRecords(world.verifying(after(MINUTE))), keptBy }
  const certificate = named('x', { centre: { id: `${source.baseUrl}/centres/taguig` } })
  const moments = { issuedAt: noon.toISOString(), reservedAt: undefined }
  const { check } = await checkCentre(certificate, moments, baselineHistory('demo-body.cookery'), source)
  expect([check.outcome, check.reason]).toEqual(open)
})
