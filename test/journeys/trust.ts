import type { Answer, OpenRegistry } from '../support/local-registry.ts'
import { day } from './certificate.ts'

export const ONEC = 'demo-th-onec'
/** The authority over demo-ph-tesda, a body that the law established. */
export const PQFNCC = 'demo-ph-pqfncc'
/** The body that the authority of the two officers accredited. */
export const DSD = 'demo-th-dsd'
export const QUALIFICATION = 'th-brick-1'

export interface Proposal {
  id: string
  hash: string
  state: string
  change: { grant?: string } & Record<string, unknown>
}

export const aThaiBricklayer = (certificateNumber: string, change: Record<string, unknown> = {}) => ({
  qualification: QUALIFICATION,
  holder: { name: 'SOMCHAI EXAMPLE' },
  certificateNumber,
  assessedOn: day(3),
  awardedOn: day(2),
  ...change,
})

/** The requests of the two officers of an authority. Each asks for their own tokens, which hold the time of their sign-in. */
export async function officersOf(registry: OpenRegistry, authority = ONEC) {
  const [one, two] = registry.demonstration.officers.filter((officer) => officer.authority === authority)
  if (one === undefined || two === undefined) throw new Error('no two officers')
  const scopes = 'registry:propose registry:approve'
  const as =
    (client: string) =>
    async (path: string, body?: unknown): Promise<Answer> =>
      registry.ask(path, { token: await registry.token(client, scopes), ...(body !== undefined && { body }) })
  const first = as(one.client)
  const second = as(two.client)
  const base = `/authorities/${one.authority}`
  return {
    authority: one.authority,
    base,
    first,
    second,
    /** One officer proposes, the other approves. */
    async decide(path: string, body: object): Promise<Proposal> {
      const proposed = await first(path, body)
      if (proposed.status !== 202) throw new Error(`not proposed: ${proposed.status} ${proposed.text}`)
      const { id, hash } = proposed.json<Proposal>()
      const approved = await second(`${base}/proposals/${id}/approve`, { hash })
      if (approved.status !== 200) throw new Error(`not approved: ${approved.status} ${approved.text}`)
      return approved.json<Proposal>()
    },
  }
}
