import { S3Client } from '@aws-sdk/client-s3'
import { requestLimits } from '@sijil/aws'
import { openArtefactStore } from '@sijil/aws/s3'
import { type ArtefactStore, type CheckedStore, checkedStore } from '@sijil/registry'

/** Opens a bucket at a local endpoint, which checks no credentials. */
export function openLocalArtefacts(endpoint: string, attempts = 3): { client: S3Client; store: ArtefactStore } {
  const client = new S3Client({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: attempts,
  })
  return { client, store: openArtefactStore({ client, bucket: 'artefacts' }) }
}

/** The files of the registry that runs in this process. A file that is missing or changed fails the test. */
export function filesOfRegistry(): CheckedStore {
  // A test that reads many at once in the process that answers waits for itself, on a slow machine for more than a second.
  const requestHandler = { ...requestLimits, connectionTimeout: 50_000, requestTimeout: 50_000, socketTimeout: 50_000 }
  const client = new S3Client({ requestHandler })
  const store = openArtefactStore({ client, bucket: process.env.ARTEFACTS_BUCKET ?? '' })
  return checkedStore(store, {
    report: ({ artefact, fault }) => {
      throw new Error(`${artefact} is ${fault}`)
    },
  })
}
