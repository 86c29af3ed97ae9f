import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPool,
  ClientAttributes,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  PasskeyUserVerification,
  ResourceServerScope,
  UserPool,
  UserPoolClient,
} from 'aws-cdk-lib/aws-cognito'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'

interface IdentityStackProps extends StackProps {
  baseUrl: string
  keepsData: boolean
}

/** The scopes of the API, as a resource server of the pool offers them. */
const scopes = [
  ...['credentials:issue', 'credentials:status', 'credentials:read', 'credentials:results'],
  ...['registry:propose', 'registry:approve'],
]

/**
 * A user pool of Amazon Cognito for officers, for a deployment without an identity provider of its own (docs/runbook.md, "Use Amazon Cognito").
 * Only an administrator makes users, every sign-in has two factors or a passkey with user verification, and users change nothing about
 * themselves that counts here.
 */
export class IdentityStack extends Stack {
  constructor(scope: Construct, id: string, { baseUrl, keepsData, ...props }: IdentityStackProps) {
    super(scope, id, { ...props, terminationProtection: keepsData })
    const pool = new UserPool(this, 'Officers', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      // Cognito demands that passwords are allowed. With a second factor they never suffice alone.
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
      passkeyUserVerification: PasskeyUserVerification.REQUIRED,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.NONE, // an administrator repairs an account, after they have seen the person
      standardAttributes: { email: { required: false, mutable: false } },
      passwordPolicy: {
        minLength: 16,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      deletionProtection: keepsData,
      removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    const cfnPool = pool.node.defaultChild
    if (!(cfnPool instanceof CfnUserPool)) throw new TypeError('the user pool has no resource')
    // Otherwise a pool that requires a second factor refuses passkeys.
    cfnPool.webAuthnFactorConfiguration = 'MULTI_FACTOR_WITH_USER_VERIFICATION'
    acknowledge(
      pool,
      'COG3',
      'It has a few invited users, and no sign-in with a password alone that threat protection could refuse.',
    )
    acknowledge(
      pool,
      'COG8',
      'The plan Plus adds threat protection only, which a pool of a few invited users with two factors does not need.',
    )

    pool.addResourceServer('Registry', {
      identifier: baseUrl,
      userPoolResourceServerName: 'Registry', // a name has no colon and no slash
      scopes: scopes.map((scopeName) => new ResourceServerScope({ scopeName, scopeDescription: scopeName })),
    })
    const client = new UserPoolClient(this, 'Desk', {
      userPool: pool,
      generateSecret: true,
      authFlows: { user: true }, // passkeys need it
      oAuth: {
        flows: { authorizationCodeGrant: true },
        callbackUrls: [`${baseUrl}/desk/callback`],
        scopes: [OAuthScope.OPENID], // never aws.cognito.signin.user.admin, which lets a person change their factors
      },
      accessTokenValidity: Duration.minutes(10),
      idTokenValidity: Duration.minutes(10),
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // One attribute that counts for nothing, because no list at all means every attribute.
      writeAttributes: new ClientAttributes().withStandardAttributes({ timezone: true }),
    })
    const domainPrefix = `sijil-${new URL(baseUrl).hostname.replaceAll('.', '-')}`
    pool.addDomain('Pages', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
    new CfnManagedLoginBranding(this, 'Style', {
      userPoolId: pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    })
    new CfnOutput(this, 'TokenIssuer', { value: pool.userPoolProviderUrl })
    new CfnOutput(this, 'SignInClientId', { value: client.userPoolClientId })
  }
}
