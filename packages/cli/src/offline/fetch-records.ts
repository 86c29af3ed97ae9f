import type { OpenedBundle, ProvenRecord } from '@sijil/registry/accepted-registries'
import { hashesFromTiles, proveInclusion } from '@sijil/tlog'
import type { RetryPolicy } from '../client.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { isObject, textAt } from '../json.ts'
import { asFault, findIndex, tilesOf } from '../log/log-client.ts'
import { fetchFile } from './fetch-file.ts'

const LOG = 'catalogue'

/**
 * Fetches every statement about a qualification and about its frameworks, and proves each from the tiles of the log. The proofs are not
 * checked here: they are checked when the bundle is opened.
 */
export async function fetchRecords(
  qualification: string,
  { registry, catalogue }: Pick<OpenedBundle, 'registry' | 'catalogue'>,
  retry: RetryPolicy,
): Promise<ProvenRecord[]> {
  const answer = await fetchFile(`${registry}/qualifications/${encodeURIComponent(qualification)}/records`, retry)
  if (answer === undefined) throw usageFailure(`${qualification} is not a qualification of this registry`)
  const listed = isObject(answer) && Array.isArray(answer.records) ? answer.records : undefined
  if (listed === undefined)
    throw new CommandFailure('unexpected', { title: 'The registry did not return the statements of a qualification' })
  const size = catalogue?.size ?? 0
  const readHash = hashesFromTiles(size, tilesOf(registry, LOG, retry))
  const records: ProvenRecord[] = []
  for (const each of listed) {
    const entry = isObject(each) ? textAt(each, 'entry') : undefined
    const index = await findIndex(registry, LOG, entry ?? '', retry)
    if (index === undefined || index >= size) throw notCovered()
    const hashes = await proveInclusion(index, size, readHash).catch((error: unknown) => {
      throw asFault(error)
    })
    const proof = hashes.map((hash) => Buffer.from(hash).toString('base64'))
    records.push({ record: (each as Pick<ProvenRecord, 'record'>).record, index, proof })
  }
  return records
}

const notCovered = () =>
  new CommandFailure('unavailable', {
    title: 'The bundle of the registry does not cover the newest statement about this qualification yet',
    detail: 'Try again in a minute.',
  })
