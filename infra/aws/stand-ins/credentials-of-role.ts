/**
 * Stands in bundles for the AWS SDK's chain of credential providers: the role of a function is in its environment, always, so nothing
 * asks a single sign-on, a security token service, a metadata server, a profile file or another program for one (I41).
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env'
