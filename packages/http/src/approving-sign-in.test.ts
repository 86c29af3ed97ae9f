import { describe, expect, test } from 'vitest'
import { approvingSignIn, parseSignInPolicy, statedSignIn } from './approving-sign-in.ts'

const noon = new Date('2026-11-24T12:00:00Z')
const caller = { subject: 'officer-1', scopes: [], signedInAt: noon }
const policyOf = (text: string) => {
  const policy = parseSignInPolicy(text)
  if (policy === undefined) throw new Error('no policy')
  return policy
}

test.each(['', ' ', 'acr=', 'amr', 'loa=3', 'acr=phr provider', 'acr="phr"'])('%j is no policy', (text) => {
  expect(parseSignInPolicy(text)).toBeUndefined()
})

describe('with the policy "acr=phr acr=phrh amr=hwk"', () => {
  const policy = policyOf('acr=phr acr=phrh amr=hwk')

  test.each([{ acr: 'phr' }, { acr: 'phrh' }, { amr: ['pwd', 'hwk'] }, { acr: '0', amr: ['hwk'] }])(
    'a sign-in that states %j suffices',
    (stated) => {
      expect(approvingSignIn({ ...caller, ...stated }, policy)).toBe(noon)
    },
  )

  test.each([{}, { acr: '0' }, { amr: ['pwd', 'otp'] }, { acr: 'hwk' }, { amr: ['phr'] }, { amr: [] }])(
    'a sign-in that states %j is refused, with what to do',
    (stated) => {
      expect(() => approvingSignIn({ ...caller, ...stated }, policy)).toThrow(
        expect.objectContaining({
          code: 'stronger-sign-in-required',
          message: expect.stringContaining('acr "phr" or acr "phrh" or amr "hwk". Sign in again'),
          headers: { 'www-authenticate': 'Bearer error="insufficient_user_authentication", acr_values="phr phrh"' },
        }),
      )
    },
  )

  test('A011: a program has no sign-in at all, which the registry itself refuses', () => {
    expect(approvingSignIn({ subject: 'program', scopes: [], acr: 'phr' }, policy)).toBeUndefined()
  })
})

test('with the policy "provider", every sign-in of a person suffices', () => {
  expect(approvingSignIn(caller, policyOf('provider'))).toBe(noon)
  expect(approvingSignIn({ subject: 'program', scopes: [] }, policyOf('provider'))).toBeUndefined()
})

test('claims of another form state nothing', () => {
  expect(statedSignIn({ acr: 'phr', amr: ['hwk', 7] })).toEqual({ acr: 'phr', amr: ['hwk'] })
  expect(statedSignIn({ acr: ['phr'], amr: 'hwk' })).toEqual({})
})
