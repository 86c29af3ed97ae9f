import { addMember, removeMember, roles } from '@sijil/registry'
import { expect } from 'vitest'
import { DSD, officersOf, type Proposal } from '../../journeys/trust.ts'
import { type Executions, hear } from '../execution.ts'
import { daysAgo } from '../stand.ts'

const scope = { qualifications: ['th-brick-1'], places: ['TH'] }
const key = { purpose: 'certificates', algorithm: 'Ed25519' }

/** Two officers of one authority, one of whom has been turned. */
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
      // A DID follows from its id, which is written in one way only: no variant of it can be asked for.
      for (const variant of [DSD.toUpperCase(), `${DSD}.`, `${DSD} `, 'demo-ｔh-dsd', 'demo-th-dsd%2e', `${DSD}/x`]) {
        const refused = await register(variant)
        expect([variant, refused.status]).toEqual([variant, 422])
      }
      return hear([
        register(DSD),
        register('demo-ph-tesda'),
        register(stand.demonstration.officers[0]?.authority ?? ''),
      ])
    },
  },
  R005: {
    async carryOut(stand) {
      const { authority, first } = await officersOf(stand)
      const path = `/issuers/${DSD}/keys`
      const add = (more: object) => first(path, { authority, purpose: 'certificates', ...more })
      const [own] = (await stand.ask(path)).json<{ keys: { publicKeyMultibase: string }[] }>().keys
      const algorithms = ['secp256k1', 'RSA-1024', 'ed25519', 'P-521', 'none'].map((algorithm) => add({ algorithm }))
      // Points that are none, and keys of others: whoever signs here has a key that KMS made, so none can be handed in at all.
      const handedIn = [
        own?.publicKeyMultibase,
        `z6Mk${'1'.repeat(44)}`,
        'z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP',
      ]
      return hear([...algorithms, ...handedIn.map((publicKeyMultibase) => add({ ...key, publicKeyMultibase }))])
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
      await removeMember(member, { store, now: new Date() })
      // With the very next request, and the token is as good as before.
      const answers = await hear([
        list(),
        stand.issue(owner, { holder: { name: 'CANARY' } }),
        stand.ask(`/issuers/${owner}/credentials/5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11/revoke`, {
          token,
          body: { reason: 'misconduct' },
        }),
      ])
      await addMember({ ...member, roles }, { store, now: new Date() })
      expect((await list()).status).toBe(200)
      return answers
    },
    differs: {
      because:
        'roles are read with each request, so there is no stale session: who is a member no more is told what a stranger is',
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
      const said = { grantee: DSD, scope, basis: 'x' }
      return hear([
        first(path, { ...said, recordedAt: '2020-01-01T00:00:00Z' }),
        first(`${path}/${DSD}.main/amend`, { scope, basis: 'x', recordedAt: '2020-01-01T00:00:00Z' }),
        first(`${path}/${DSD}.main/withdraw`, { basis: 'x', recordedAt: '2020-01-01T00:00:00Z' }),
      ])
    },
  },
}

const friend = { state: 'TH', website: 'https://friend.example', demonstration: true }
