import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { accessTokens } from './access-tokens.ts'
import { approvingSignIn } from './approving-sign-in.ts'
import { sampleOfCognito } from './sample-cognito-token.ts'

const { header, payload } = sampleOfCognito
const { publicKey, privateKey } = await generateKeyPair('RS256')
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), ...header }] })
const at = { audience: 'https://registry.example', now: new Date((payload.iat + 60) * 1_000) }
const bearer = async (claims: JWTPayload = {}, head: object = {}) => {
  // As JSON, so that a member that is undefined is absent.
  const body = JSON.parse(JSON.stringify({ ...payload, ...claims }))
  return `Bearer ${await new SignJWT(body).setProtectedHeader({ ...header, ...head }).sign(privateKey)}`
}
const cognito = accessTokens({ issuer: payload.iss, keys, clients: ['another', payload.client_id] })
const usual = accessTokens({ issuer: payload.iss, keys, clients: [] })

test('the recorded shape of a token of Cognito gives the subject, the scopes for this registry and the moment of the sign-in', async () => {
  expect(await cognito.read(await bearer(), at)).toEqual({
    subject: payload.sub,
    scopes: ['registry:propose', 'registry:approve'],
    signedInAt: new Date(payload.auth_time * 1_000),
  })
})

test('it is refused where the provider is not said to be Cognito', async () => {
  await expect(usual.read(await bearer(), at)).rejects.toMatchObject({ code: 'unauthorized' })
})

describe('I39, A011: a token of Cognito is refused', () => {
  test.each<[string, JWTPayload]>([
    ['that is an ID token', { token_use: 'id', aud: payload.client_id, client_id: undefined }],
    ['without its use', { token_use: undefined }],
    ['of another client of the pool', { client_id: 'somebody-else' }],
    ['without a client', { client_id: undefined }],
    ['that is bound to another audience', { aud: 'https://other.example' }],
    ['of another pool', { iss: `${payload.iss}2` }],
    ['that lasts longer than ten minutes', { exp: payload.iat + 3_600 }],
    ['without a subject', { sub: undefined }],
  ])('%s', async (_, claims) => {
    await expect(cognito.read(await bearer(claims), at)).rejects.toMatchObject({ code: 'unauthorized' })
  })
})

test('a scope without the address of this registry counts for nothing', async () => {
  const scope =
    'registry:approve https://other.example/registry:approve https://registry.example.evil/registry:approve aws.cognito.signin.user.admin'
  expect((await cognito.read(await bearer({ scope }), at)).scopes).toEqual([])
})

test('a token that Cognito bound to this registry is accepted', async () => {
  expect((await cognito.read(await bearer({ aud: at.audience }), at)).subject).toBe(payload.sub)
})

test('it states no way of signing in, so it approves only if the operator vouches for the provider', async () => {
  const caller = await cognito.read(await bearer(), at)
  expect(() => approvingSignIn(caller, { acr: ['phr'], amr: ['hwk'], provider: false })).toThrow('Sign in again')
  expect(approvingSignIn(caller, { acr: [], amr: [], provider: true })).toEqual(caller.signedInAt)
})
