import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type ArtefactReader, type ArtefactStore, type FileAddresses, RegistryError } from '@sijil/registry'
import { retries } from './clients.ts'
import { outage } from './outage.ts'
import { postPolicy, presignedAddress } from './presign.ts'

export const s3Client = (): S3Client => new S3Client(retries)

export interface Bucket {
  client: S3Client
  bucket: string
}

const DEPENDENCY = 'the store of published files'

export function openArtefactReader({ client, bucket }: Bucket): ArtefactReader {
  return {
    async read(name) {
      try {
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }))
        return await body?.transformToByteArray()
      } catch (error) {
        if (isNamed(error, absent)) return undefined
        throw outage(error, DEPENDENCY)
      }
    },
  }
}

export function openArtefactStore({ client, bucket }: Bucket): ArtefactStore {
  const reader = openArtefactReader({ client, bucket })
  return {
    ...reader,
    async put(name, bytes) {
      try {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: bytes, IfNoneMatch: '*' }))
      } catch (error) {
        if (!isNamed(error, taken)) throw outage(error, DEPENDENCY)
        // Often our own write, whose answer was lost.
        const kept = await reader.read(name)
        if (kept === undefined)
          throw new RegistryError('dependency-unavailable', 'Another writer stores this file at the moment.')
        if (Buffer.compare(kept, bytes) !== 0)
          throw new RegistryError('artefact-differs', 'Another file has this name already.')
      }
    },
  }
}

/** S3 answers `AccessDenied` for a missing object to a role that may not list the bucket. No role of ours may. */
const absent = ['NoSuchKey', 'AccessDenied']
/** The second: another request writes the same object at this moment. */
const taken = ['PreconditionFailed', 'ConditionalRequestConflict']
const isNamed = (error: unknown, names: readonly string[]) => error instanceof Error && names.includes(error.name)

/** `address`: where the bucket answers people, without a slash at its end. A program that signs can read the files itself. */
export const openFileAddresses = ({ client, bucket, address }: Bucket & { address: string }): FileAddresses => ({
  async load(name, { as, now, seconds }) {
    const [credentials, region] = await Promise.all([client.config.credentials(), client.config.region()])
    const parameters = { 'response-content-disposition': `attachment; filename="${as}"` }
    return presignedAddress(`${address}/${name}`, { credentials, region, now, seconds, parameters })
  },
  async receive(key, { mostBytes, returnTo, now, seconds }) {
    const [credentials, region] = await Promise.all([client.config.credentials(), client.config.region()])
    return {
      url: address,
      fields: postPolicy(
        { bucket, key, mostBytes, ...(returnTo && { returnTo }) },
        { credentials, region, now, seconds },
      ),
    }
  },
})
