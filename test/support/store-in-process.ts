import { EventEmitter } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { ConditionalCheckFailedException, DynamoDBClient, DynamoDBServiceException } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { LocalDynamoDb } from '../../infra/local/dynamodb.ts'

type Attributes = Record<string, unknown>
interface Sent {
  constructor: { name: string }
  input: Attributes
}

/**
 * A client that hands each request to the embedded store in this process. The SDK and its way over HTTP take more than half of the processor
 * time of a request, and journeys send a hundred thousand. It knows the four commands of the registry, and throws at any other.
 */
export function storeInProcess({ listener }: Pick<LocalDynamoDb, 'listener'>): DynamoDBDocumentClient {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'local' }))
  const send = async ({ constructor: { name }, input }: Sent) => {
    const operation = operations[name]
    if (operation === undefined) throw new Error(`the store in this process does not know ${name}`)
    const { status, body } = await answerOf(listener, operation, JSON.stringify(marshalled(input)))
    if (status !== 200) throw exceptionOf(body, status)
    return { ...unmarshalled(body), $metadata: { httpStatusCode: status, attempts: 1 } }
  }
  return Object.assign(client, { send })
}

const operations: Readonly<Record<string, string>> = {
  QueryCommand: 'Query',
  GetCommand: 'GetItem',
  PutCommand: 'PutItem',
  DeleteCommand: 'DeleteItem',
}

const inRequests = ['Key', 'Item', 'ExclusiveStartKey', 'ExpressionAttributeValues']

const marshalled = (input: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) =>
      inRequests.includes(name) && value !== undefined
        ? [name, withText(marshall(value, { removeUndefinedValues: true }))]
        : [name, value],
    ),
  )

/** Bytes as they travel in JSON. */
function withText(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(withText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withText(inner)]))
}

/** The opposite, for one attribute value: only `B` has bytes. */
function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'B' && typeof inner === 'string' ? new Uint8Array(Buffer.from(inner, 'base64')) : withBytes(inner),
    ]),
  )
}

type Stored = Parameters<typeof unmarshall>[0]
const fromStored = (item: unknown) => unmarshall(withBytes(item) as Stored)

function unmarshalled({ Items, Item, LastEvaluatedKey, ...rest }: Attributes): Attributes {
  return {
    ...rest,
    ...(Array.isArray(Items) && { Items: Items.map(fromStored) }),
    ...(Item !== undefined && { Item: fromStored(Item) }),
    ...(LastEvaluatedKey !== undefined && { LastEvaluatedKey: fromStored(LastEvaluatedKey) }),
  }
}

function exceptionOf({ __type: type, message }: Attributes, status: number): Error {
  const name = String(type).slice(String(type).indexOf('#') + 1)
  const $metadata = { httpStatusCode: status, attempts: 1 }
  const stated = { message: String(message), $metadata }
  return name === 'ConditionalCheckFailedException'
    ? new ConditionalCheckFailedException(stated)
    : new DynamoDBServiceException({ ...stated, name, $fault: 'client' })
}

const headers = {
  host: '127.0.0.1',
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none',
  'x-amz-date': '20260101T000000Z',
}

function answerOf(listener: RequestListener, operation: string, body: string) {
  return new Promise<{ status: number; body: Attributes }>((resolve) => {
    const request = Object.assign(new EventEmitter(), {
      method: 'POST',
      url: '/',
      headers: { ...headers, 'x-amz-target': `DynamoDB_20120810.${operation}` },
    })
    const response = Object.assign(new EventEmitter(), {
      statusCode: 200,
      setHeader: () => undefined,
      end: (text: string) => resolve({ status: response.statusCode, body: JSON.parse(text) }),
    })
    listener(request as unknown as IncomingMessage, response as unknown as ServerResponse)
    request.emit('data', Buffer.from(body))
    request.emit('end')
  })
}
