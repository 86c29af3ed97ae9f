import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { watchClock } from './watch-clock.ts'

/** Milliseconds. `socketTimeout` ends an answer whose body stalls: without it, the SDK waits for the rest without end. */
export const requestLimits = {
  connectionTimeout: 1_000,
  requestTimeout: 2_500,
  socketTimeout: 2_500,
  throwOnRequestTimeout: true,
}

/** Three attempts of at most 2.5 s each, with the SDK's jittered pauses. After at most 10 s a call fails: `dependency-unavailable`. */
export const retries = { maxAttempts: 3, requestHandler: requestLimits }

/** Decides which failed requests are repeated, how often, and after which pause. */
export type RetryStrategy = NonNullable<DynamoDBClientConfig['retryStrategy']>

/** Endpoint and credentials of each client come from the environment (`AWS_REGION`, `AWS_ENDPOINT_URL_DYNAMODB`, the role). */
export const documentClient = (clock: () => number, retryStrategy?: RetryStrategy): DynamoDBDocumentClient =>
  documentsOver(new DynamoDBClient({ ...retries, ...(retryStrategy && { retryStrategy }) }), clock)

/** A member of an event that is `undefined` is not stored. */
export const documentsOver = (client: DynamoDBClient, clock: () => number): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(watchClock(client, clock), { marshallOptions: { removeUndefinedValues: true } })

export const kmsClient = (limits = requestLimits): KMSClient => new KMSClient({ ...retries, requestHandler: limits })
