import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { problemOf, TESDA } from './certificate.ts'
import { DSD, officersOf, type Proposal } from './trust.ts'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
/** An officer of another authority, who is for a time also one here. */
let third: string
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  third = registry.demonstration.officers[2]?.client ?? ''
})
afterAll(() => registry.close())

const asThird = async (path: string, body?: object) =>
  registry.ask(`${officers.base}${path}`, {
    token: await registry.token(third, 'registry:propose registry:approve'),
    ...(body && { body }),
  })
const remove = (subject: string, more = {}) => officers.first(`${officers.base}/members/remove`, { subject, ...more })

test('an officer who was removed by two others may do nothing from the next request on, even with a token that still lasts', async () => {
  await officers.decide(`${officers.base}/members`, { subject: third, roles: ['propose', 'approve'] })
  const his = (await asThird('/members', { owner: DSD, subject: 'friend', roles: ['issue'] })).json<Proposal>()
  const others = (
    await officers.first(`${officers.base}/members`, { owner: DSD, subject: 'clerk', roles: ['read'] })
  ).json<Proposal>()
  expect((await asThird('/proposals')).status).toBe(200)

  const { change, state } = await officers.decide(`${officers.base}/members/remove`, { subject: third })
  expect([state, change]).toEqual([
    'carried-out',
    expect.objectContaining({ subject: third, roles: ['propose', 'approve'] }),
  ])
  const answers = [
    await asThird('/proposals'),
    await asThird('/members', { subject: 'friend', roles: ['propose'] }),
    await asThird(`/proposals/${others.id}/approve`, { hash: others.hash }),
    await asThird(`/proposals/${others.id}/reject`, {}),
  ]
  expect(answers.map((answer) => problemOf(answer).status)).toEqual([404, 404, 404, 404])
  const approval = await officers.second(`${officers.base}/proposals/${his.id}/approve`, { hash: his.hash })
  expect(problemOf(approval)).toMatchObject({ status: 403, type: expect.stringMatching(/four-eyes-required$/) })
})

test('the last two officers cannot be removed, and the problem says what to do first', async () => {
  const [one, two] = registry.demonstration.officers.map(({ client }) => client)
  for (const subject of [one, two]) {
    const problem = problemOf(await remove(subject ?? ''))
    expect([problem.status, problem.detail]).toEqual([409, expect.stringContaining('add an officer first')])
  }
})

test('a person who is no member cannot be removed, and neither can a member of another body', async () => {
  expect(problemOf(await remove('nobody')).status).toBe(409)
  expect(problemOf(await remove(TESDA, { owner: TESDA })).status).toBe(404)
  expect(problemOf(await remove('')).status).toBe(422)
})
