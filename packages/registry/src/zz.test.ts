import { expect, test } from 'vitest'
import { aWorld } from '../../../test/support/registry-world.ts'

test('x', async () => {
  let t = performance.now()
  const w = await aWorld()
  console.log('world', performance.now() - t)
  for (let i = 0; i < 5; i++) {
    t = performance.now()
    await w.issue({ certificateNumber: 'n' + i }, { key: 'k' + i })
    console.log('issue', performance.now() - t)
  }
})
