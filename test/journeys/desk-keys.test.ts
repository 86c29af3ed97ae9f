import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import { didForIssuer, parseDid, possessionText } from '@sijil/credentials'
import { createVerifierKey, formatVerifierKey } from '@sijil/tlog'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleChain, sampleChainKey, sampleChainPrivateKey } from '../../packages/credentials/src/sample-chain.ts'
import { aKeyOfAnotherAccount } from '../support/lent-key.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { atTheDesk, grounds, HOME, identity, pathOf, plain } from './desk-officers.ts'
import { DSD } from './trust.ts'

/** Officers record keys of others, endorsements and withdrawals at the desk. Each ends with what the registry then answers to anybody. */

const ID = 'demo-th-signer'
const DID = 'did:web:signer.example'

let registry: OpenRegistry
let desk: ReturnType<typeof atTheDesk>
beforeAll(async () => {
  registry = await openRegistry()
  desk = atTheDesk(registry)
})
afterAll(() => registry?.close())

interface Key {
  kid: string
  x5c?: string[]
}
const keysOf = async (issuer: string) => (await registry.ask(`/issuers/${issuer}/keys`)).json<{ keys: Key[] }>().keys

/** The fields of a key that a body keeps. The body signs over the text that names this registry. */
function keptKey(kid: string) {
  const key = createPrivateKey({ key: Buffer.from(sampleChainPrivateKey, 'base64'), format: 'der', type: 'pkcs8' })
  const claim = { registry: registry.baseUrl, did: parseDid(DID), kid, publicKeyMultibase: sampleChainKey }
  return {
    issuer: ID,
    purpose: 'certificates',
    'elsewhere.kid': kid,
    'elsewhere.publicKeyMultibase': sampleChainKey,
    'elsewhere.possession': sign(null, Buffer.from(possessionText(claim)), key).toString('base64url'),
  }
}

test('add-key-elsewhere: a key that a body keeps is recorded only with its proof, and then anybody reads it', async () => {
  const keeps = { id: ID, ...identity('Own Signer', 'https://signer.example'), 'elsewhere.did': DID }
  await desk.decided('register-body', keeps)
  const right = keptKey('key-1')
  const forged = await desk.send('add-key-elsewhere', { ...right, 'elsewhere.kid': 'key-2' }, 'check')
  expect([forged.status, forged.text]).toEqual([
    422,
    expect.stringMatching(/id="f-elsewhere-possession"[^>]*aria-invalid="true"/),
  ])
  await desk.decided('add-key-elsewhere', right)
  expect(await registry.later(() => keysOf(ID))).toMatchObject([{ kid: 'key-1' }])
})

test('certify-key: the chain of another key is refused, and that of the key is shown to anybody', async () => {
  const wrong = { issuer: ID, kid: 'key-1', x5c: sampleChain[1] ?? '' }
  const refused = await desk.send('certify-key', wrong, 'check')
  expect([refused.status, refused.text]).toEqual([422, expect.stringMatching(/id="f-x5c"[^>]*aria-invalid="true"/)])
  // As openssl writes them, with lines that mark the beginning and the end.
  const typed = sampleChain.join('\n-----END CERTIFICATE-----\n')
  await desk.decided('certify-key', { ...wrong, x5c: typed })
  const [key] = await registry.later(() => keysOf(ID))
  expect(key?.x5c).toEqual(sampleChain)
})

test('lend-key: a key of another account is recorded with its proof, and no answer contains its ARN', async () => {
  const lent = await aKeyOfAnotherAccount(join(registry.folder, 'keys'))
  const proofFor = (kid: string) => {
    const did = didForIssuer(registry.baseUrl, DSD)
    const { publicKeyMultibase } = lent
    return lent.signText(possessionText({ registry: registry.baseUrl, did, kid, publicKeyMultibase }))
  }
  const fields = {
    issuer: DSD,
    purpose: 'certificates',
    'lent.keyRef': lent.keyRef,
    'lent.publicKeyMultibase': lent.publicKeyMultibase,
    'lent.possession': proofFor('certificates-2'),
  }
  const wrong = await desk.send('lend-key', { ...fields, 'lent.possession': proofFor('certificates-9') }, 'check')
  expect([wrong.status, wrong.text]).toEqual([
    422,
    expect.stringMatching(/id="f-lent-possession"[^>]*aria-invalid="true"/),
  ])
  await desk.decided('lend-key', fields)
  const keys = await registry.later(() => keysOf(DSD))
  expect(keys.map(({ kid }) => kid)).toContain('certificates-2')
  expect(JSON.stringify(keys)).not.toContain('arn:')
})

test('endorse-list: the list of a registry that endorses is accepted as one that grants nothing', async () => {
  const bytes = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const keys = formatVerifierKey(createVerifierKey('ed25519', 'council.example/log/registry', bytes))
  await desk.decided('endorse-list', { registry: 'https://council.example', keys, basis: 'memorandum 3' })
  const { lists } = (await registry.later(() => registry.ask('/lists'))).json<{ lists: object[] }>()
  expect(lists).toMatchObject([{ registry: 'https://council.example', kind: 'regional-endorsement' }])
  expect((await desk.open(`${HOME}/lists`)).text).toContain('https://council.example')
})

test('lift and withdraw: a suspended accreditation counts again, and a withdrawn one never does', async () => {
  const accreditation = `${DSD}.main`
  const page = `${HOME}/accreditations/${accreditation}`
  const standing = async () =>
    (await registry.later(() => registry.ask(`/issuers/${DSD}/accreditations?qualification=th-brick-1`))).json()
      .standing
  const suspended = await desk.ask('POST', `${page}/suspend`, {
    ...(await desk.as('demo-th-onec-officer-1')),
    fields: { basis: 'Section 9', why: 'Complaint' },
  })
  expect(suspended.status).toBe(303)
  expect(await standing()).toBe('suspended')
  expect((await desk.open(page)).text).toContain(`${pathOf('lift')}?accreditation=${accreditation}`)
  await desk.decided('lift', { accreditation, ...grounds })
  expect(await standing()).toBe('authorised')
  const checked = await desk.send('withdraw', { accreditation, ...grounds }, 'check')
  expect(plain(checked.text)).toContain('for good')
  await desk.decided('withdraw', { accreditation, ...grounds })
  expect(await standing()).toBe('withdrawn')
})
