import type { Certificate } from '@sijil/credentials'
import { findQualification } from '@sijil/qualifications/shipped-baseline'
import { describe, expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import { after, aWorld, SECOND } from '../../../../test/support/registry-world.ts'
import { historyOf } from '../../../../test/support/stated-qualifications.ts'
import { noticesOf } from './notices.ts'
import { verifyDocument } from './verify.ts'

const moments = { effective: after(SECOND).toISOString(), recorded: after(SECOND).toISOString() }
const noticesFor = (certificate: Certificate, id = 'ph-masonry-nc2') =>
  noticesOf(certificate, baselineHistory(id), moments, after(SECOND)).map(({ code }) => code)

async function verified() {
  const world = await aWorld()
  const { verifiableCredential } = await world.issue()
  return verifyDocument(verifiableCredential, world.verifying(after(SECOND)))
}

test('R-025: an award under an edition that had ended by our record gets a notice, and stays valid', async () => {
  const { verdict, notices, checks } = await verified()
  expect([verdict, checks.every(({ outcome }) => outcome === 'passed')]).toEqual(['valid', true])
  expect(notices).toEqual([
    { code: 'edition-ended', since: '2018-10-29', sentence: expect.stringContaining('had ended on 2018-10-29') },
  ])
})

test('only an award on or after the end of exactly that edition gets a notice', async () => {
  const { certificate } = await verified()
  if (certificate === undefined) throw new Error('nothing was verified')
  const codes = (changes: object, edition = certificate.qualification.edition) => {
    const qualification = { ...certificate.qualification, edition: edition as string }
    return noticesFor({ ...certificate, qualification, ...changes })
  }
  expect(codes({ awardedOn: '2018-10-28' })).toEqual(['standard-changed'])
  expect(codes({ awardedOn: '2018-10-29' })).toEqual(['edition-ended'])
  // The document may name a newer edition than the record knows, or none.
  expect(codes({ awardedOn: '2020-01-01' }, 'The amendment of 29 October 2018')).toEqual([])
  const forklift = findQualification('ph-forklift-nc2')
  if (forklift === undefined) throw new Error('the record that this test rests on is gone')
  const qualification = { ...certificate.qualification, edition: forklift.edition }
  expect(noticesFor({ ...certificate, qualification, awardedOn: '2026-03-01' }, 'ph-forklift-nc2')).toEqual([])
  const { edition: _, ...none } = certificate.qualification
  expect(noticesFor({ ...certificate, qualification: none })).toEqual([])
})

describe('the standard has changed since', () => {
  const awardedOn = '2026-02-01'
  const noticed = (edition: string, ...stated: Parameters<typeof historyOf>[1][]) => {
    const judged = { effective: '2026-02-01T23:59:59.999Z', recorded: '2026-02-02T00:00:00.000Z' }
    const certificate = { qualification: { edition }, awardedOn } as unknown as Certificate
    return noticesOf(certificate, historyOf('cookery', ...stated), judged, new Date('2027-06-01T00:00:00Z')).map(
      ({ code, change, since }) => [code, change, since],
    )
  }
  const units = [{ code: 'C1', title: 'Prepare stocks' }]
  const later = { id: '2027', from: '2027-01-01', supersedes: '2026' }

  test('a later edition follows, from its first day on', () => {
    expect(noticed('2026', {}, { edition: later })).toEqual([['standard-changed', 'later-edition', '2027-01-01']])
    expect(noticed('2026', {}, { edition: { ...later, from: '2028-01-01' } })).toEqual([])
    expect(noticed('2027', {}, { edition: later })).toEqual([])
  })

  test('a later edition that was awarded already, while bodies taught out this one, is no change', () => {
    const known = { ...later, from: '2026-01-15' }
    expect(noticed('2026', {}, { edition: known })).toEqual([])
    const recordedAt = '2026-05-05T00:00:00.000Z'
    expect(noticed('2026', {}, { edition: known, recordedAt })).toEqual([
      ['standard-changed', 'later-edition', '2026-05-05'],
    ])
  })

  test('a statement changed the edition itself. Another source is no change', () => {
    const recordedAt = '2026-05-05T00:00:00.000Z'
    expect(noticed('2026', {}, { edition: { units }, recordedAt })).toEqual([
      ['standard-changed', 'corrected', '2026-05-05'],
    ])
    expect(noticed('2026', {}, { edition: { source: 'https://crafts.example/new' }, recordedAt })).toEqual([])
    expect(noticed('2026', {}, { edition: { units } })).toEqual([])
    for (const change of [{ limits: 'Not on gas.' }, { assessment: 'A practical test.' }])
      expect(noticed('2026', {}, { edition: change, recordedAt })).toEqual([
        ['standard-changed', 'corrected', '2026-05-05'],
      ])
  })

  test('an edition that had ended before the award, by a later statement, says that alone', () => {
    const recordedAt = '2026-05-05T00:00:00.000Z'
    const ended = { edition: { until: '2025-12-31' }, recordedAt }
    expect(noticed('2026', {}, ended)).toEqual([['edition-ended', undefined, '2026-01-01']])
  })
})
