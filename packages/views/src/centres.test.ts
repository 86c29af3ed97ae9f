import { changeContact } from '@sijil/registry/decisions'
import { expect, test } from 'vitest'
import { after, aWorld, FROM, MINUTE, noon } from '../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../test/support/trust-world.ts'
import { centresView } from './centres.ts'
import { requireCentre } from './entity.ts'

const CENTRE = 'demo-hall'

test('the register of centres has the contact of its day, as JSON and as rows', async () => {
  const world = await aWorld()
  const { centre, at } = decisionsIn(world)
  await centre(CENTRE)
  for (const [contact, effectiveAt] of [
    ['desk@hall.example', noon.toISOString()],
    [null, after(MINUTE).toISOString()],
  ] as const)
    await changeContact({ id: CENTRE, contact, effectiveAt, actor: 'registrar' }, at(new Date(FROM)))
  const entity = await requireCentre(CENTRE, world.verifying(noon))
  const on = (moment: Date) => {
    const { json, columns, rows } = centresView([entity], moment.toISOString())
    return [json.centres[0]?.contact, rows()[0]?.[columns.indexOf('contact')]]
  }
  expect(on(after(-1))).toEqual([undefined, ''])
  expect(on(noon)).toEqual(['desk@hall.example', 'desk@hall.example'])
  expect(on(after(MINUTE))).toEqual([undefined, ''])
})
