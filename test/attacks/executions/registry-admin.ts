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
