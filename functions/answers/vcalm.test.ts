import { type CommitReader, RegistryError } from '@sijil/registry'
import { registerBody } from '@sijil/registry/decisions'
import { issueSandboxDocument, setSandboxStatus } from '@sijil/registry/issuance'
import { addMember, roles } from '@sijil/registry/trust'
import { verifyDocument } from '@sijil/registry/verification'
import { expect, test } from 'vitest'
import { after, aWorld, FROM, noon, SECOND } from '../../test/support/registry-world.ts'
import { vcalmAnswer } from './vcalm.ts'

const SANDBOX = 'sandbox'
const policy = { demonstration: true }
const general = () => import('@sijil/credentials/general')

/** A deployment with a sandbox, and a document of it with an entry in a status list of this registry. */
async function aSandboxDocument() {
  const world = await aWorld()
  const { store, baseUrl } = world
  const identity = { name: 'Sandbox (demonstration)', state: 'ASEAN', website: 'https://s.example', mandate: 'none' }
  await registerBody(
    {
      id: SANDBOX,
      identity: { ...identity, demonstration: true },
      baseUrl,
      sandbox: true,
      actor: 'operator',
      effectiveAt: FROM,
    },
    { store, keys: world.keys, secrets: world.keys, now: new Date(FROM) },
  )
  await addMember({ owner: SANDBOX, subject: SANDBOX, roles, actor: 'operator' }, { store, now: new Date(FROM) })
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: 'urn:x:1',
    type: ['VerifiableCredential'],
    issuer: `did:web:${new URL(baseUrl).host}:issuers:${SANDBOX}`,
    credentialSubject: { id: 'did:example:somebody' },
  }
  const document = await issueSandboxDocument(
    { issuer: SANDBOX, subject: SANDBOX, credential, options: { statusPurpose: 'revocation' } },
    { ...world.at(noon), general },
  )
  const verifying = { ...world.verifying(after(5 * SECOND)), general }
  const answered = async (reader: CommitReader = verifying.reader) => {
    const { status, body } = vcalmAnswer([await verifyDocument(document, { ...verifying, reader })], { policy })
    return [status, (body as { verified: boolean }).verified]
  }
  return { world, answered, verified: () => verifyDocument(document, verifying) }
}

test('a warning of several checks or several credentials is listed once', async () => {
  const { world, verified } = await aSandboxDocument()
  const verification = await verified()
  const reasons = verification.checks.filter(({ outcome }) => outcome !== 'passed').map(({ reason }) => reason)
  expect(reasons.filter((reason) => reason === 'issuer-unknown')).toHaveLength(2)
  const warning = expect.objectContaining({ type: `${world.baseUrl}/problems/issuer-unknown` })
  expect(verification.problemDetails).toEqual([warning])
  for (const shown of [[verification], [verification, verification]])
    expect(vcalmAnswer(shown, { policy })).toMatchObject({ status: 200, body: { verified: true, warnings: [warning] } })
})

test('two errors with different places are both listed, and the same error is listed once', async () => {
  const { verified } = await aSandboxDocument()
  const { problemDetails: _, ...verification } = await verified()
  const error = (pointer: string) => ({ type: 'https://registry.example/problems/x', title: 'Wrong', pointer })
  const judged = { ...verification, verdict: 'invalid' as const }
  const answer = vcalmAnswer(
    [
      { ...judged, problemDetails: [error('/name'), error('/id')] },
      { ...judged, problemDetails: [error('/id')] },
    ],
    { policy: { demonstration: false } },
  )
  const errors = [error('/name'), error('/id')]
  expect(answer).toMatchObject({ status: 400, body: { verified: false, errors, problemDetails: errors } })
})

test('X006: a revoked document of an unknown issuer is not verified, even if its status list cannot be read', async () => {
  const { world, answered } = await aSandboxDocument()
  expect(await answered()).toEqual([200, true])
  await setSandboxStatus(
    { issuer: SANDBOX, subject: SANDBOX, credentialId: 'urn:x:1', purpose: 'revocation', set: true },
    world.at(after(SECOND)),
  )
  expect(await answered()).toEqual([400, false])
  const { store } = world
  const away: CommitReader = {
    list: (index, page) => store.list(index, page),
    latest: (stream) => store.latest(stream),
    async read(stream) {
      if (stream.endsWith('/lists')) throw new RegistryError('dependency-unavailable', 'the store is away')
      return store.read(stream)
    },
  }
  expect(await answered(away)).toEqual([400, false])
})
