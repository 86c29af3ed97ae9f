import { createSecretReader, kmsClient } from '@sijil/aws'
import { verifyIndependently } from '@sijil/credentials/independent'
import { problemOf } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { type IssueDeps, noQuota } from '@sijil/registry/issuance'
import { clock } from '../../functions/clock.ts'
import type { Heard } from './execution.ts'
import type { Stand } from './stand.ts'

/** The dependencies to issue in this process over the same store and keys, for attacks that need a clock or a hook. */
export function issuingParts(stand: Stand, more: Partial<IssueDeps> = {}): IssueDeps {
  const { store, boxes, signer, random, patience } = stand.parts
  const secrets = createSecretReader({
    kms: kmsClient(),
    keyId: process.env.SECRETS_KEY_ID ?? '',
    now: clock,
  })
  const { baseUrl } = stand
  return {
    store,
    boxes,
    signer,
    secrets,
    sealer: { seal: () => Promise.reject(new Error('no letter is sent here')) },
    random,
    patience,
    baseUrl,
    verifyIndependently,
    policy: { demonstration: true },
    now: clock(),
    quota: noQuota,
    ...more,
  }
}

/** Runs the work in this process, and returns the answer that the API would give. */
export async function hearInProcess(stand: Stand, work: () => Promise<unknown>): Promise<Heard> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const { body } = problemOf(error, { baseUrl: stand.baseUrl, requestId: 'in-process' })
    return { status: body.status, types: [body.type], text: JSON.stringify(body) }
  }
  return { status: 201, types: [], text: '' }
}
