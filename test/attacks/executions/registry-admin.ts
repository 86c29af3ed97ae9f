import { generateKeyPairSync, sign } from 'node:crypto'
import { type Did, multikeyFromSpki, possessionText } from '@sijil/credentials'
import { addMember, removeMember, roles } from '@sijil/registry/trust'
import { expect } from 'vitest'
import { DSD, officersOf, type Proposal } from '../../journeys/trust.ts'
import { type Executions, hear } from '../execution.ts'
import { base58 } from '../forge.ts'
import { daysAgo } from '../stand.ts'

const scope = { qualifications: ['th-brick-1'], places: ['TH'] }
const key = { purpose: 'certificates', algorithm: 'Ed25519' }

/** Two officers of one authority, one of whom is an attacker. */
export const registryAdmin: Executions = {
  R001: {
    async carryOut(stand) {
      const { base, authority, first } = await officersOf(stand)
      const contents: [string, object][] = [
        [`${base}/accreditations`, { grantee: DSD, scope, basis: 'x' }],
        [`/issuers/${DSD}/keys`, { authority, ...key }],
        [`${base}/members`, { subject: 'a friend', roles: ['propose', 'approve'] }],
        [`${base}/bodies`, { id: 'demo-th-own', identity: { ...friend, name: 'A friend (demonstration)' } }],
      ]
      const approvals = contents.map(async ([path, content]) => {
        const proposed = await first(path, content)
        expect(proposed.status, proposed.text).toBe(202)
        const { id, hash } = proposed.json<Proposal>()
        return first(`${base}/proposals/${id}/approve`, { hash })
      })
      const answers = await hear(approvals)
      expect((await stand.ask('/issuers/demo-th-own/keys')).status).toBe(404)
      return answers
    },
  },
  R003: {
    async carryOut(stand) {
      const { base, first } = await officersOf(stand)
      const register = (id: string) =>
        first(`${base}/bodies`, { id, identity: { ...friend, name: 'A twin (demonstration)' } })
      // The DID is computed from the id, which has only one spelling, so no variant can be registered.
      for (const variant of [DSD.toUpperCase(), `${DSD}.`, `${DSD} `, 'demo-ｔh-dsd', 'demo-th-dsd%2e', `${DSD}/x`]) {
        const refused = await register(variant)
        expect([variant, refused.status]).toEqual([variant, 422])
      }
      // Nor can an external signer be registered with one of our DIDs, or with a variant of another DID.
      const ours = new URL(stand.baseUrl).host.replace(':', '%3A')
      const registerWithDid = (did: string) => {
        const key = heldKey().claim(stand.baseUrl, did, 'key-1')
        const identity = { ...friend, name: 'A twin (demonstration)' }
        return first(`${base}/bodies`, { id: 'demo-th-twin', identity, elsewhere: { did, keys: [key] } })
      }
      const dids = [
        ...[`did:web:${ours}:issuers:${DSD}`, `did:web:${ours}`, `did:web:${ours.toUpperCase()}:issuers:${DSD}`],
        ...['did:web:Tesda.example', 'did:web:tesda.example.', 'did:web:tesd%61.example', 'did:web:tesd\u0430.example'],
      ]
      for (const did of dids) expect([did, (await registerWithDid(did)).status]).toEqual([did, 422])
      return hear([
        register(DSD),
        register('demo-ph-tesda'),
        register(stand.demonstration.officers[0]?.authority ?? ''),
      ])
    },
  },
  R005: {
    async carryOut(stand) {
      const { base, authority, first, decide } = await officersOf(stand)
      const held = heldKey()
      const did = (name: string) => `did:web:${name}.example`
      const body = (id: string, keys: readonly object[]) => ({
        id: `demo-th-${id}`,
        identity: { ...friend, name: `${id} (demonstration)` },
        elsewhere: { did: did(id), keys },
      })
      const claimed = (id: string, publicKeyMultibase: string, possession: string) =>
        body(id, [{ kid: 'key-1', purpose: 'certificates', publicKeyMultibase, possession }])
      // With the identity element as key, some verifiers accept this signature for any text.
      const universal = Buffer.concat([Buffer.from([1]), Buffer.alloc(63)]).toString('base64url')
      const weak = [
        multikey([0xe7, 0x01], Buffer.concat([Buffer.from([2]), Buffer.alloc(32, 7)])), // secp256k1
        multikey([0x85, 0x24], Buffer.alloc(140, 7)), // RSA-1024
        multikey([0xed, 0x01], Buffer.concat([Buffer.from([2]), Buffer.alloc(31)])), // no point of the curve
        multikey([0xed, 0x01], Buffer.concat([Buffer.from([1]), Buffer.alloc(31)])), // the identity
        multikey([0xed, 0x01], Buffer.alloc(32)), // of order four
      ]
      await decide(`${base}/bodies`, body('holder', [held.claim(stand.baseUrl, did('holder'), 'key-1')]))
      const used = () => first(`${base}/bodies`, body('twin', [held.claim(stand.baseUrl, did('twin'), 'key-1')]))
      await decide(`${base}/accreditations`, { grantee: 'demo-th-holder', scope, basis: 'x' })
      const issuer = '/issuers/demo-th-holder/keys'
      await decide(`${issuer}/key-1/compromise`, { authority, compromisedFrom: stand.now().toISOString() })
      const { purpose: _, ...again } = held.claim(stand.baseUrl, did('holder'), 'key-2')
      const add = (more: object) => first(`/issuers/${DSD}/keys`, { authority, purpose: 'certificates', ...more })
      return hear([
        ...weak.map((one, at) => first(`${base}/bodies`, claimed(`weak${at}`, one, universal))),
        used(),
        first(issuer, { authority, purpose: 'certificates', elsewhere: again }),
        ...['secp256k1', 'RSA-1024', 'ed25519', 'none'].map((algorithm) => add({ algorithm })),
      ])
    },
  },
  R016: {
    async carryOut(stand) {
      const { store } = stand.parts
      const owner = 'demo-kh-mlvt'
      const member = { owner, subject: owner, actor: 'system:test' }
      const token = await stand.as(owner)
      const list = () => stand.ask(`/issuers/${owner}/credentials`, { token })
      expect((await list()).status).toBe(200)
      await removeMember(member, { store, now: stand.now() })
      // The next request is refused, although the token is still valid.
      const answers = await hear([
        list(),
        stand.issue(owner, { holder: { name: 'CANARY' } }),
        stand.ask(`/issuers/${owner}/credentials/5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11/revoke`, {
          token,
          body: { reason: 'misconduct' },
        }),
      ])
      await addMember({ ...member, roles }, { store, now: stand.now() })
      expect((await list()).status).toBe(200)
      return answers
    },
    differs: {
      because:
        'roles are read with each request, so there is no stale session: a former member gets the same answer as a stranger',
      status: null,
      type: null,
    },
  },
  S026: {
    async carryOut(stand) {
      const { base, first } = await officersOf(stand)
      const register = (change: object) =>
        first(`${base}/bodies`, {
          id: 'demo-th-inside',
          identity: { ...friend, name: 'Inside (demonstration)', ...change },
        })
      const addresses = [
        ...['http://10.0.0.1', 'gopher://10.0.0.1', 'file:///etc/passwd', 'javascript:alert(1)', 'https://10.0.0.1'],
        ...[
          'https://[::1]',
          'https://169.254.169.254/latest',
          'https://localhost',
          'https://0x7f000001',
          'https://2130706433',
        ],
        ...['https://tesda.gov.ph@evil.example', 'https://tesda.gov.ph:443@evil.example', 'https://x.example:22'],
      ]
      return hear([
        ...addresses.map((website) => register({ website })),
        ...['didUrl', 'logoUrl', 'statusBase'].map((name) => register({ [name]: 'http://10.0.0.1' })),
      ])
    },
  },
  R006: {
    async carryOut(stand) {
      const { authority, first, decide } = await officersOf(stand)
      const keys = async () =>
        (await stand.ask(`/issuers/${DSD}/keys`)).json<{ keys: { kid: string; compromisedFrom?: string }[] }>().keys
      const kid = `certificates-${(await keys()).filter((one) => one.kid.startsWith('certificates-')).length + 1}`
      await decide(`/issuers/${DSD}/keys`, { authority, ...key })
      const compromise = `/issuers/${DSD}/keys/${kid}/compromise`
      const from = (ago: number) => ({ authority, compromisedFrom: `${daysAgo(ago)}T00:00:00Z` })
      const tomorrow = await first(compromise, from(-2))
      await decide(compromise, from(5))
      const later = await first(compromise, from(2))
      await decide(compromise, from(9))
      return hear([tomorrow, later])
    },
  },
  R008: {
    async carryOut(stand) {
      const { base, first } = await officersOf(stand)
      const path = `${base}/accreditations`
      const patched = await stand.ask(`${path}/${DSD}.main`, { method: 'PATCH', body: { from: '2019-01-01' } })
      expect(patched.status).toBeGreaterThanOrEqual(400)
      const accreditation = { grantee: DSD, scope, basis: 'x' }
      return hear([
        first(path, { ...accreditation, recordedAt: '2020-01-01T00:00:00Z' }),
        first(`${path}/${DSD}.main/amend`, { scope, basis: 'x', recordedAt: '2020-01-01T00:00:00Z' }),
        first(`${path}/${DSD}.main/withdraw`, { basis: 'x', recordedAt: '2020-01-01T00:00:00Z' }),
      ])
    },
  },
}

/** An Ed25519 key of an external signer, and the signature that proves that they hold it. */
function heldKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const publicKeyMultibase = multikeyFromSpki(publicKey.export({ format: 'der', type: 'spki' }))
  return {
    claim(registry: string, did: string, kid: string) {
      const text = possessionText({ registry, did: did as Did, kid, publicKeyMultibase })
      const possession = sign(null, Buffer.from(text), privateKey).toString('base64url')
      return { kid, purpose: 'certificates', publicKeyMultibase, possession }
    },
  }
}

const multikey = (prefix: readonly number[], bytes: Buffer) => base58(Buffer.concat([Buffer.from(prefix), bytes]))

const friend = { state: 'TH', website: 'https://friend.example', demonstration: true }
