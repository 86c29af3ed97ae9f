import { describe, expect, test } from 'vitest'
import { requireOrder, sealOrder } from './orders.ts'

const now = new Date('2026-11-24T12:00:00Z')
const baseUrl = 'https://registry.example'
const headers = new Map([
  ['origin', baseUrl],
  ['sec-fetch-site', 'same-origin'],
])
const caller = { subject: 'clerk-1', formToken: 'token', signedInAt: now, scopes: [] }
const about = { owner: 'body', path: '/desk/issuers/body/certificates/1/print/paper' }
const fields = { certificate: '1', copy: '2' }
/** Stands for KMS, which opens a text only for the owner for whom it was sealed. */
const sealer = {
  seal: async (owner: string, text: string) => `${owner} ${text}`,
  open: async (owner: string, sealed: string) => {
    if (!sealed.startsWith(`${owner} `)) throw new Error('sealed for somebody else')
    return sealed.slice(owner.length + 1)
  },
}
const sent = async (change: Partial<typeof about> & { at?: Date } = {}, more: Record<string, string> = {}) => {
  const order = await sealOrder({ ...about, caller, fields, now }, sealer)
  const { at = now, ...where } = change
  return requireOrder({ ...fields, order, ...more }, { ...about, ...where, headers, baseUrl, now: at }, sealer)
}

describe('an order', () => {
  test('says who checked the fields', async () => {
    expect((await sent()).caller).toMatchObject({ subject: 'clerk-1', signedInAt: now })
  })

  test.each([
    ['of another body', () => sent({ owner: 'other' })],
    ['for another path with the same fields', () => sent({ path: '/desk/issuers/body/certificates/1/new-link/make' })],
    ['with another field', () => sent({}, { copy: '3' })],
    ['with one field more', () => sent({}, { reason: 'lost' })],
  ])('%s is refused', async (_, send) => {
    await expect(send()).rejects.toMatchObject({ code: 'foreign-form' })
  })

  test('ends after fifteen minutes', async () => {
    await expect(sent({ at: new Date(now.getTime() + 899_999) })).resolves.toBeDefined()
    await expect(sent({ at: new Date(now.getTime() + 900_000) })).rejects.toMatchObject({ code: 'sign-in-required' })
  })
})
