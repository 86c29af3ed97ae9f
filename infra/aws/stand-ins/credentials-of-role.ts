/**
 * Replaces the chain of credential providers of the AWS SDK in bundles. The environment of a function always has the credentials of its role. So
 * no code asks single sign-on, a security token service, a metadata server, a profile file or another program (I41).
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env'
