import { randomBytes } from 'node:crypto'
import { type ArtefactStore, checkedReader, checkedStore, type FileAddresses } from '@sijil/registry'
import type { BatchEnvironment, Environment } from './environment.ts'
import { fileQueueOf, rangeQueueOf } from './queues.ts'
import { commitStoreOf, once, patience, policyOf, reportArtefact, secretsOf } from './wiring.ts'

/** Loads the client of S3 for the first file. For functions that answer most requests without one, and so start without it. */
function artefactsLater(bucket: string): ArtefactStore {
  const opened = once(async () => {
    const later = await import('@sijil/aws/s3')
    return later.openArtefactStore({ client: later.s3Client(), bucket })
  })
  return {
    read: async (name) => (await opened()).read(name),
    put: async (name, bytes) => (await opened()).put(name, bytes),
  }
}
export const logoStoreOf = ({ ARTEFACTS_BUCKET }: Environment) =>
  checkedStore(artefactsLater(ARTEFACTS_BUCKET), { report: reportArtefact })
export const logoReaderOf = ({ ARTEFACTS_BUCKET }: Environment) =>
  checkedReader(artefactsLater(ARTEFACTS_BUCKET), { report: reportArtefact })
/** Signs addresses with the rights of the function. */
export function fileAddressesOf({ UPLOADS_ADDRESS: address, UPLOADS_BUCKET: bucket }: BatchEnvironment): FileAddresses {
  const opened = once(async () => {
    const later = await import('@sijil/aws/s3')
    return later.openFileAddresses({ client: later.s3Client(), bucket, address })
  })
  return {
    load: async (...asked) => (await opened()).load(...asked),
    receive: async (...asked) => (await opened()).receive(...asked),
  }
}
/** Large files as they arrive. Nothing vouches for their bytes before they are read once and sealed. */
export const incomingOf = ({ UPLOADS_BUCKET }: BatchEnvironment) => artefactsLater(UPLOADS_BUCKET)
/** Everything that a batch needs but issuing its rows. */
export const batchPartsOf = (environment: BatchEnvironment) => ({
  store: commitStoreOf(environment),
  secrets: secretsOf(environment),
  policy: policyOf(environment),
  uploads: checkedStore(artefactsLater(environment.UPLOADS_BUCKET), { report: reportArtefact }),
  queue: rangeQueueOf(environment),
  fileQueue: fileQueueOf(environment),
  random: randomBytes,
  patience,
})
