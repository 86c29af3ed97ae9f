import { foreignLists } from '@sijil/registry'
import { expect, test } from 'vitest'
import { AUTHORITY, aWorld, noon } from '../../test/support/registry-world.ts'
import { decisionsIn } from '../../test/support/trust-world.ts'
import { trqpAnswers } from './trqp.ts'

const asked = {
  params: {},
  query: {},
  headers: new Map(),
  text: '',
  caller: undefined,
  requestId: 'r',
  language: 'en',
  wants: 'json',
} as const

test('an authority that stands behind the principal alone has not authorised whoever acts for it', async () => {
  const world = await aWorld()
  const decide = decisionsIn(world)
  const scope = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
  await decide.authority('board')
  for (const id of ['principal', 'agent']) await decide.body(id)
  await decide.grant('principal', ['board'], { scope })
  await decide.grant('agent', [AUTHORITY], { scope, onBehalfOf: 'principal' })
  const verifying = world.verifying(noon)
  const clock = () => noon
  const foreign = foreignLists(world.store, { ...verifying, clock: () => noon.getTime() })
  const answers = trqpAnswers({ ...verifying, foreign, clock, tokenIssuer: 'https://id.example' })
  const authorised = async (authority_id: string) => {
    const input = { entity_id: 'agent', authority_id, action: 'issue', resource: 'ph-masonry-nc2' }
    const { body } = await answers['POST /authorization'].answer({ ...asked, input })
    return (body as { authorized: boolean }).authorized
  }
  expect(await authorised(world.baseUrl)).toBe(true)
  expect(await authorised(AUTHORITY)).toBe(true)
  expect(await authorised('board')).toBe(false)
  await decide.suspend('principal', 'board')
  expect(await authorised(AUTHORITY)).toBe(false)
})
