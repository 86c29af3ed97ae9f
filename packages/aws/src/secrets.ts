import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { RegistryError } from '@sijil/registry'
import { outage } from './outage.ts'

/** Two attempts of at most 2 s each, because API Gateway waits five seconds for the check of a request's origin. */
const limits = {
  connectionTimeout: 1_000,
  requestTimeout: 2_000,
  socketTimeout: 2_000,
  throwOnRequestTimeout: true,
}

export const secretsClient = (): SecretsManagerClient =>
  new SecretsManagerClient({ maxAttempts: 2, requestHandler: limits })

/**
 * Reads a secret when it is first needed, and then keeps it for the life of the process. So a secret is never in the settings of a function.
 * A failed read is not kept: the next request tries again.
 */
export function secretReader({ client, id }: { client: SecretsManagerClient; id: string }): () => Promise<string> {
  let reading: Promise<string> | undefined
  return () => {
    reading ??= readSecret(client, id).catch((error: unknown) => {
      reading = undefined
      throw error
    })
    return reading
  }
}

async function readSecret(client: SecretsManagerClient, id: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id })).catch((error: unknown) => {
    throw outage(error, 'the store of secrets')
  })
  if (SecretString === undefined || SecretString === '')
    throw new RegistryError('internal', 'the store of secrets returned no text')
  return SecretString
}
