import type { JWTPayload } from 'jose'

/**
 * The header and the claims of an access token of Amazon Cognito, with the members that its documentation shows, and with a scope of a
 * resource server. Ids are those of the documentation. It has no `aud`, and its header has no `typ`.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export const sampleOfCognito = {
  header: { kid: '1234example=', alg: 'RS256' },
  payload: {
    sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    'cognito:groups': ['officers'],
    iss: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example',
    version: 2,
    client_id: 'xxxxxxxxxxxxexample',
    origin_jti: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    event_id: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    token_use: 'access',
    scope: 'openid https://registry.example/registry:propose https://registry.example/registry:approve',
    auth_time: 1_676_313_851,
    exp: 1_676_314_451,
    iat: 1_676_313_851,
    jti: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    username: 'my-test-user',
  } satisfies JWTPayload,
}
