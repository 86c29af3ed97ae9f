import { openArtefactReader, openArtefactStore, s3Client } from '@sijil/aws/s3'
import { checkedReader, checkedStore } from '@sijil/registry'
import type { Environment } from './environment.ts'
import { once, reportArtefact } from './wiring.ts'

const s3 = once(s3Client)

/** Enough for the bundle, or for some hundred lists. They are still answered while the bucket is away. */
export const ARTEFACT_MEMORY = 16 * 1024 * 1024
/** Without memory, each read asks the bucket, so that a lost file is found. */
export const artefactReaderOf = ({ ARTEFACTS_BUCKET: bucket }: Environment, memory = 0) =>
  checkedReader(openArtefactReader({ client: s3(), bucket }), { report: reportArtefact, memory })
export const artefactStoreOf = ({ ARTEFACTS_BUCKET: bucket }: Environment, memory = 0) =>
  checkedStore(openArtefactStore({ client: s3(), bucket }), { report: reportArtefact, memory })
