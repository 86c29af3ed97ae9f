import { expect, test } from 'vitest'
import { aWorld, BODY, noon } from '../test/support/registry-world.ts'
import { approvingOf, policyOf, quotaOf, signaturesPerSecondOf } from './wiring.ts'

test('a deployment names the roots that it accepts and the entities that it refuses; an empty list accepts every registered root', () => {
  expect(policyOf({ DEMONSTRATION: 'no', ROOTS: '', REFUSED: '' })).toEqual({ demonstration: false })
  expect(policyOf({ DEMONSTRATION: 'yes', ROOTS: 'ph-pqf, th-onec', REFUSED: 'ph-mill' })).toEqual({
    demonstration: true,
    roots: ['ph-pqf', 'th-onec'],
    refused: ['ph-mill'],
  })
})

test('an empty quota means the default one, and an invalid one stops the start', async () => {
  const { store } = await aWorld()
  const mostAtOnce = async (line: string) => {
    const quota = quotaOf({ ISSUING_QUOTA: line })
    const asked = Array.from({ length: 300 }, (_, n) =>
      quota({ issuer: BODY, subject: `client-${n}` }, { store, now: noon }),
    )
    return (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled').length
  }
  expect(await mostAtOnce('')).toBe(200)
  expect(await mostAtOnce('5/20')).toBe(20)
  expect(await mostAtOnce('none')).toBe(300)
  for (const line of ['0/0', '20/5', '50', 'unlimited', '-1/5'])
    expect(() => quotaOf({ ISSUING_QUOTA: line })).toThrow('ISSUING_QUOTA')
})

test('an empty number of signatures sets no limit, and an invalid one stops the start', () => {
  expect(signaturesPerSecondOf('')).toBeUndefined()
  expect(signaturesPerSecondOf('12')).toBe(12)
  for (const line of ['0', '-1', '1.5', '10000', 'none'])
    expect(() => signaturesPerSecondOf(line)).toThrow('SIGNATURES_PER_SECOND')
})

test('a deployment without a policy for approving does not start', () => {
  expect(approvingOf({ APPROVING_SIGN_IN: 'acr=phr amr=hwk' })).toEqual({ acr: ['phr'], amr: ['hwk'], provider: false })
  for (const line of ['', 'none', 'acr=', 'acr=phr provider'])
    expect(() => approvingOf({ APPROVING_SIGN_IN: line })).toThrow('APPROVING_SIGN_IN')
})
