import { expect, test } from 'vitest'
import {
  after,
  aWorld,
  FROM,
  identity,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { compromiseKey, resumeKey, suspendKey } from '../decisions/keys.ts'
import { registerBody } from '../decisions/register.ts'
import { issueSandboxDocument } from '../issuance/sandbox.ts'
import { addMember } from '../trust/members.ts'
import { verifyDocument } from './verify.ts'

const SANDBOX = 'sandbox'
const KEY = { id: SANDBOX, kid: 'certificates-1', actor: OFFICER }

/** A document that the sandbox signed. */
async function aSandboxDocument(): Promise<{ world: World; document: object }> {
  const world = await aWorld()
  const { store, keys, baseUrl } = world
  const deps = { ...world.at(noon), general: world.verifying(noon).general }
  await registerBody(
    { id: SANDBOX, identity: identity(), baseUrl, sandbox: true, actor: OFFICER, effectiveAt: FROM },
    { store, keys, secrets: keys, now: new Date(FROM) },
  )
  await addMember({ owner: SANDBOX, subject: OFFICER, roles: ['issue'], actor: OFFICER }, { store, now: noon })
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: `did:web:${new URL(baseUrl).host}:issuers:${SANDBOX}`,
    credentialSubject: { id: 'did:example:subject' },
  }
  const document = await issueSandboxDocument({ issuer: SANDBOX, subject: OFFICER, credential, options: {} }, deps)
  return { world, document }
}

const signedBy = async ({ world, document }: { world: World; document: object }, now: Date) => {
  const { verdict, checks } = await verifyDocument(document, world.verifying(now))
  const outcomes = Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]))
  return [verdict, outcomes.proof, outcomes['issuer-key']]
}

test('I5, I34: a sandbox document whose key was compromised or suspended later has no passed proof', async () => {
  const signed = await aSandboxDocument()
  const { world } = signed
  expect(await signedBy(signed, after(SECOND))).toEqual(['indeterminate', 'passed', 'passed'])
  const open = ['indeterminate', 'not_performed', 'not_performed']
  await suspendKey(KEY, world.at(after(2 * SECOND)))
  expect(await signedBy(signed, after(3 * SECOND))).toEqual(open)
  await resumeKey({ ...KEY, suspendedAt: after(2 * SECOND).toISOString() }, world.at(after(4 * SECOND)))
  expect(await signedBy(signed, after(5 * SECOND))).toEqual(['indeterminate', 'passed', 'passed'])
  await compromiseKey({ ...KEY, effectiveAt: noon.toISOString() }, world.at(after(6 * SECOND)))
  expect(await signedBy(signed, after(MINUTE))).toEqual(open)
})
