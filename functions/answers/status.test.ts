import { expect, test } from 'vitest'
import { after, aWorld, BODY, OFFICER, SECOND } from '../../test/support/registry-world.ts'
import { statusAnswers } from './status.ts'

test('of several simultaneous revocations, one answer reports a change and the others report none', async () => {
  const world = await aWorld()
  const { uuid } = await world.issue()
  const parts = {
    ...world.at(after(SECOND)),
    policy: { demonstration: true },
    approving: { acr: [], amr: [], provider: true },
  }
  const answers = statusAnswers({ ...parts, clock: () => after(SECOND) })
  const revoke = () =>
    answers['POST /issuers/{issuer}/credentials/{id}/revoke'].answer({
      params: { issuer: BODY, id: uuid },
      query: {},
      headers: new Map(),
      text: '',
      input: { reason: 'issued-in-error' },
      caller: { subject: OFFICER, scopes: ['credentials:status'] },
      requestId: 'r',
      language: 'en',
      wants: 'json',
    })
  const given = await Promise.all([revoke(), revoke(), revoke()])
  expect(given.map(({ headers }) => headers?.['sijil-unchanged'] ?? '').toSorted()).toEqual(['', 'true', 'true'])
  expect(new Set(given.map(({ body }) => JSON.stringify(body))).size).toBe(1)
})
