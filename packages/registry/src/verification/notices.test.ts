import { findQualification } from '@sijil/qualifications'
import { expect, test } from 'vitest'
import { after, aWorld, SECOND } from '../../../../test/support/registry-world.ts'
import { noticesOf } from './notices.ts'
import { verifyDocument } from './verify.ts'

const masonry = findQualification('ph-masonry-nc2')
if (masonry === undefined) throw new Error('the record that this file rests on is gone')

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
    return noticesOf({ ...certificate, qualification, ...changes }, masonry).map(({ code }) => code)
  }
  expect(codes({ awardedOn: '2018-10-28' })).toEqual([])
  expect(codes({ awardedOn: '2018-10-29' })).toEqual(['edition-ended'])
  // The document may name a newer edition than the record knows, or none.
  expect(codes({ awardedOn: '2020-01-01' }, 'The amendment of 29 October 2018')).toEqual([])
  const forklift = findQualification('ph-forklift-nc2')
  if (forklift === undefined) throw new Error('the record that this test rests on is gone')
  const qualification = { ...certificate.qualification, edition: forklift.edition }
  expect(noticesOf({ ...certificate, qualification, awardedOn: '2026-03-01' }, forklift)).toEqual([])
  const { edition: _, ...none } = certificate.qualification
  expect(noticesOf({ ...certificate, qualification: none }, masonry)).toEqual([])
})
