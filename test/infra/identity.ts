import { describe, expect, test } from 'vitest'
import { propertiesOf, type synthesise } from './synthesise.ts'

interface Pool {
  AdminCreateUserConfig: unknown
  AccountRecoverySetting: unknown
  EnabledMfas: string[]
  MfaConfiguration: string
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: string[] } }
  Schema: { Name: string; Mutable: boolean }[]
  WebAuthnUserVerification: string
  WebAuthnFactorConfiguration: string
  DeletionProtection: string
}
interface Client {
  AllowedOAuthFlows: string[]
  AllowedOAuthScopes: string[]
  WriteAttributes: string[]
  AccessTokenValidity: number
  TokenValidityUnits: object
  CallbackURLs: string[]
}

/** Tests of the user pool that a deployment may bring. */
export function describeIdentity({
  production,
  complete,
}: Record<'production' | 'complete', ReturnType<typeof synthesise>>): void {
  describe('the user pool', () => {
    const { identity, findings } = complete
    if (identity === undefined) throw new Error('there is no stack of the user pool')
    const [pool] = propertiesOf<Pool>(identity, 'AWS::Cognito::UserPool').map(([, properties]) => properties)
    const [client] = propertiesOf<Client>(identity, 'AWS::Cognito::UserPoolClient').map(([, properties]) => properties)

    test('is made only for a deployment that asks for it, without a finding', () => {
      expect(production.identity).toBeUndefined()
      expect(findings).toEqual([])
    })

    test('has passkeys with user verification, and no sign-in with one factor alone', () => {
      expect(pool).toMatchObject({
        MfaConfiguration: 'ON',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        WebAuthnUserVerification: 'required',
        WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      })
      expect(pool?.Policies.SignInPolicy.AllowedFirstAuthFactors).toContain('WEB_AUTHN')
    })

    test('has users that an administrator makes, and who cannot write what counts about themselves', () => {
      expect(pool?.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true })
      expect(pool?.AccountRecoverySetting).toEqual({ RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] })
      expect(pool?.Schema).toEqual([{ Name: 'email', Mutable: false, Required: false }])
      expect(client?.WriteAttributes).toEqual(['zoneinfo'])
      expect(client?.AllowedOAuthScopes).toEqual(['openid'])
      expect(pool?.DeletionProtection).toBe('ACTIVE')
    })

    test('gives tokens of ten minutes, to the desk alone, with scopes under the address of the registry', () => {
      expect(client).toMatchObject({
        AllowedOAuthFlows: ['code'],
        AccessTokenValidity: 10,
        TokenValidityUnits: { AccessToken: 'minutes' },
        CallbackURLs: ['https://registry.example/desk/callback'],
      })
      const [server] = propertiesOf<{ Identifier: string }>(identity, 'AWS::Cognito::UserPoolResourceServer')
      expect(server?.[1].Identifier).toBe('https://registry.example')
    })
  })
}
