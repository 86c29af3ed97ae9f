import { decodeList, isSet } from '@sijil/credentials'
import { describe, expect, test } from 'vitest'
import { after, aWorld, BODY, MINUTE, noon, OFFICER, SECOND } from '../../../../test/support/registry-world.ts'
import { pastStatusList } from './past-status-list.ts'
import { reinstateCertificate } from './reinstate.ts'
import { revokeCertificate } from './revoke.ts'
import { suspendCertificate } from './suspend.ts'

async function aHistory() {
  const world = await aWorld()
  const { uuid } = await world.issue()
  const [reserved] = world.store.events('reserved')
  const { pair, index } = Object(reserved?.status) as { pair: string; index: number }
  const change = { issuer: BODY, uuid, actor: OFFICER }
  await suspendCertificate({ ...change, reason: 'under-investigation' }, world.at(after(MINUTE)))
  await reinstateCertificate(change, world.at(after(2 * MINUTE)))
  await revokeCertificate({ ...change, reason: 'misconduct' }, world.at(after(3 * MINUTE)))
  const listAt = async (purpose: string, moment: Date, now = after(60 * MINUTE)) => {
    const { text } = await pastStatusList(`${pair}-${purpose}`, moment.toISOString(), world.at(now))
    return JSON.parse(text)
  }
  const bit = async (purpose: string, moment: Date) =>
    isSet(decodeList((await listAt(purpose, moment)).credentialSubject.encodedList), index)
  return { world, pair, listAt, bit }
}

describe('the list as of a past moment', () => {
  test('has the changes recorded by then, and no later ones', async () => {
    const { bit } = await aHistory()
    const moments = [30 * SECOND, 90 * SECOND, 150 * SECOND, 210 * SECOND].map(after)
    expect(await Promise.all(moments.map((moment) => bit('suspension', moment)))).toEqual([false, true, false, false])
    expect(await Promise.all(moments.map((moment) => bit('revocation', moment)))).toEqual([false, false, false, true])
  })

  test('is valid for a day from that moment, and is signed today', async () => {
    const { listAt } = await aHistory()
    expect(await listAt('revocation', after(MINUTE))).toMatchObject({
      validFrom: '2026-03-02T12:01:00Z',
      validUntil: '2026-03-03T12:01:00Z',
      proof: { created: '2026-03-02T13:00:00Z' },
    })
  })

  test('does not exist for a moment before the list was opened, and is not stored', async () => {
    const { world, listAt, pair } = await aHistory()
    const count = world.store.appended.length
    await expect(listAt('revocation', after(-MINUTE))).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      pastStatusList(`${pair}9-revocation`, noon.toISOString(), world.at(after(60 * MINUTE))),
    ).rejects.toMatchObject({ code: 'not-found' })
    await listAt('revocation', after(4 * MINUTE))
    expect(world.store.appended).toHaveLength(count)
  })
})
