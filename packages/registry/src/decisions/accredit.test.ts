import { expect, test } from 'vitest'
import { aWorld } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'

const refused = (pointer: string) => ({ code: 'validation-failed', faults: [{ pointer }] })

test('I32: an authority cannot be both grantors of one accreditation', async () => {
  const decisions = decisionsIn(await aWorld())
  await decisions.authority('root')
  await decisions.authority('other')
  await decisions.body('body')
  await expect(decisions.grant('body', ['root', 'root'])).rejects.toMatchObject(refused('/jointly'))
  await decisions.grant('body', ['root', 'other'])
  expect(await decisions.ask('body')).toMatchObject({ standing: 'authorised' })
})

test('a principal must be registered here', async () => {
  const decisions = decisionsIn(await aWorld())
  await decisions.authority('root')
  await decisions.body('body')
  for (const onBehalfOf of ['nobody', 'constructor'])
    await expect(decisions.grant('body', ['root'], { onBehalfOf })).rejects.toMatchObject(refused('/onBehalfOf'))
  await decisions.body('licensor')
  await decisions.grant('body', ['root'], { onBehalfOf: 'licensor' })
})
