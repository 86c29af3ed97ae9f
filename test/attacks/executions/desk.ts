import { expect } from 'vitest'
import { DSD, officersOf, type Proposal } from '../../journeys/trust.ts'
import { deskOf } from '../../support/desk.ts'
import { type Executions, hear } from '../execution.ts'

const attackerOrigin = 'https://evil.example'

/** A page of another site sends forms to the desk from the browser of a signed-in officer. */
export const deskForms: Executions = {
  R015: {
    async carryOut(stand) {
      const { base, first, second } = await officersOf(stand)
      const proposed = await first(`${base}/accreditations`, {
        grantee: DSD,
        scope: { qualifications: ['th-brick-1'], places: ['TH'] },
        basis: 'x',
      })
      const { id, hash } = proposed.json<Proposal>()
      const proposal = `${base}/proposals/${id}`
      const [thief, victim] = stand.demonstration.officers.map(({ client }) => client) as [string, string]
      const desk = deskOf(stand)
      const cookie = await desk.cookie(victim)
      const formToken = await desk.formToken(cookie)
      const approve = (headers: Record<string, string>, token?: string) =>
        desk.ask('POST', `/desk${proposal}/approve`, {
          headers: { accept: 'application/json', cookie, ...headers },
          fields: { hash },
          ...(token !== undefined && { formToken: token }),
        })
      const stateNow = async () => {
        const { proposals } = (await second(`${base}/proposals`)).json<{ proposals: Proposal[] }>()
        return proposals.find((each) => each.id === id)?.state
      }
      const forged = await Promise.all([
        approve({ origin: attackerOrigin, 'sec-fetch-site': 'cross-site' }),
        approve({ origin: attackerOrigin, 'sec-fetch-site': 'cross-site' }, formToken),
        approve({ origin: 'null', 'sec-fetch-site': 'cross-site' }, formToken),
        approve({}, undefined),
        approve({}, await desk.formToken(await desk.cookie(thief))),
      ])
      // The API for programs does not accept cookies.
      const byCookie = await stand.ask(`${proposal}/approve`, { body: { hash }, headers: { cookie } })
      expect(byCookie.status).toBe(401)
      expect(await stateNow()).toBe('open')
      const own = await desk.ask('POST', `/desk${proposal}/reject`, {
        headers: { cookie },
        fields: { why: 'not asked for' },
        formToken,
      })
      expect(own.status, own.text).toBe(303)
      expect(await stateNow()).toBe('rejected')
      return hear(forged)
    },
    differs: {
      because: 'a form of another site has its own problem type, so that the page can say what to do',
      type: 'https://{host}/problems/foreign-form',
    },
  },
}
