import { KMSClient } from '@aws-sdk/client-kms'

/**
 * A client of the emulator of KMS in one role: the name of a function, or `administrator`. `local` is the process that runs every function
 * and may do what any of them may.
 */
export const kmsAs = (name: string, endpoint: string, region = 'local'): KMSClient =>
  new KMSClient({
    endpoint,
    region,
    credentials: { accessKeyId: name, secretAccessKey: 'local' },
    maxAttempts: 3,
    requestHandler: { requestTimeout: 1_000, throwOnRequestTimeout: true },
  })
