import { expect, test } from 'vitest'
import { indexShowing } from '../../../../test/support/index-showing.ts'
import { after, aWorld, BODY, noon, OFFICER, SECOND } from '../../../../test/support/registry-world.ts'
import { countSignedBy } from '../log/signed-by-key.ts'
import { type CommitReader, nextCommit, streams } from '../stream.ts'
import { listCertificates } from './list-certificates.ts'

/** One certificate whose commit `issued` is in the index twice, as if a restarted process had written it again. */
async function listedTwice() {
  const world = await aWorld()
  const issued = await world.issue()
  const stream = streams.certificate(BODY, issued.uuid)
  const [reserved] = await world.store.read(stream)
  const events = [{ type: 'issued', generation: 0 }]
  const change = { events, actor: OFFICER, now: after(SECOND), index: `CERTIFICATES#${BODY}` } as const
  return { world, issued, again: nextCommit(stream, reserved ? [reserved] : [], change) }
}

test('an entry that only the index holds is not listed, so no certificate is listed twice', async () => {
  const { world, issued, again } = await listedTwice()
  const list = async (reader: CommitReader) => {
    const asked = { issuer: BODY, subject: OFFICER, limit: 10 }
    const { certificates } = await listCertificates(asked, { reader, secrets: world.keys })
    return certificates.map(({ id }) => id)
  }
  expect(await list(world.store)).toEqual([issued.id])
  expect(await list(indexShowing(world.store, [again]))).toEqual([issued.id])
})

test('an entry that only the index holds is not counted among the signatures of a key', async () => {
  const { world, again } = await listedTwice()
  const question = { issuer: BODY, kid: 'certificates-1', compromisedFrom: noon.toISOString() }
  const count = (store: CommitReader) => countSignedBy(question, { store })
  expect((await count(world.store)).affected).toBe(1)
  expect(await count(indexShowing(world.store, [again]))).toEqual(await count(world.store))
})
