import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { createNoteOpener, createSecretReader, createSigner } from '@sijil/aws'
import { startDynamoDb } from '../../infra/local/dynamodb.ts'
import { startKms } from '../../infra/local/kms.ts'
import { openLocalStores } from '../support/local-stores.ts'

/**
 * What a released version wrote and said: every row of its demonstration with a few decisions more, the keys that open them, a session
 * of the desk, and its description of the API. It is never made again: a later version must read it as it is.
 */
export interface Golden {
  /** RFC 3339. */
  madeAt: string
  baseUrl: string
  secretsKeyId: string
  commits: Item[]
  boxes: Item[]
  /** The files of the local KMS. */
  keys: Record<string, string>
  certificates: { case: string; verdict: string; link?: string; document: object }[]
  /** A request for a certificate, and its answer. */
  input: Record<string, unknown>
  issued: { id: string; link: string; verifiableCredential: object }
  /** Ids of an action and of a proposal that wait. */
  waiting: string
  proposal: string
  authority: string
  session: { secret: string; cookie: string; at: string }
  openapi: Description
}

type Item = Record<string, AttributeValue>

export interface Description {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
interface Operation {
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>
}
interface Schema {
  $ref?: string
  properties?: Record<string, Schema>
  items?: Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: Schema[]
}

export const readGolden = (version: string): Golden =>
  JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, `${version}.json.gz`))).toString('utf8'), (_, value) =>
    typeof value?.$bytes === 'string' ? Buffer.from(value.$bytes, 'base64') : value,
  )

/** Stores and keys as that version left them. */
export async function openGolden({ commits, boxes, keys, secretsKeyId, baseUrl }: Golden) {
  const tables = { commits: 'GoldenCommits', boxes: 'GoldenBoxes' }
  const dynamoDb = await startDynamoDb({ tables })
  const folder = await mkdtemp(join(tmpdir(), 'sijil-golden-'))
  for (const [name, text] of Object.entries(keys)) await writeFile(join(folder, name), text, { mode: 0o600 })
  const kms = await startKms({ folder })
  const stores = openLocalStores({ endpoint: dynamoDb.endpoint, tables })
  for (const [TableName, items] of [
    [tables.commits, commits],
    [tables.boxes, boxes],
  ] as const)
    for (const Item of items) await stores.client.send(new PutItemCommand({ TableName, Item }))
  const client = new KMSClient({
    endpoint: kms.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  return {
    ...stores,
    signer: createSigner({ kms: client, now: () => new Date(), registry: baseUrl }),
    secrets: createSecretReader({ kms: client, keyId: secretsKeyId, now: () => new Date() }),
    notes: createNoteOpener({ kms: client, keyId: secretsKeyId }),
    async close() {
      client.destroy()
      await kms.close()
      await dynamoDb.close()
    },
  }
}

/** The names that a description of the API promises: each operation, its parameters, and each member of its answers. */
export function surfaceOf({ paths, components }: Description): string[] {
  const names: string[] = []
  const membersOf = (schema: Schema | undefined, seen: readonly string[]): string[] => {
    if (schema === undefined) return []
    const name = schema.$ref?.split('/').at(-1)
    if (name !== undefined) return seen.includes(name) ? [] : membersOf(components.schemas[name], [...seen, name])
    const own = Object.entries(schema.properties ?? {}).flatMap(([member, inner]) => [
      `.${member}`,
      ...membersOf(inner, seen).map((below) => `.${member}${below}`),
    ])
    const parts = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]
    return [
      ...own,
      ...parts.flatMap((part) => membersOf(part, seen)),
      ...membersOf(schema.items, seen).map((m) => `[]${m}`),
    ]
  }
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { parameters = [], requestBody, responses }] of Object.entries(methods)) {
      const operation = `${method.toUpperCase()} ${path}`
      names.push(operation, ...parameters.map((one) => `${operation} ${one.in} ${one.name}`))
      for (const [type, { schema }] of Object.entries(requestBody?.content ?? {}))
        names.push(...membersOf(schema, []).map((member) => `${operation} takes ${type} ${member}`))
      for (const [status, { content = {} }] of Object.entries(responses)) {
        names.push(`${operation} ${status}`)
        for (const [type, { schema }] of Object.entries(content))
          names.push(...membersOf(schema, []).map((member) => `${operation} ${status} ${type} ${member}`))
      }
    }
  }
  return [...new Set(names)]
}
