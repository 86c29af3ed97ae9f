import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { aBatchWorld, asked, type BatchWorld, SECOND_OFFICER } from '../../../../test/support/batch-world.ts'
import { atOnce, BODY, OFFICER } from '../../../../test/support/registry-world.ts'
import { issueCertificate } from '../issuance/issue.ts'
import { amendAnswers, approveBatch, type BatchAnswers, closeBatch, previewBatch } from './index.ts'

/** Whole files from their bytes to the certificates: what is offered, and what is issued after somebody said so. */

let here: BatchWorld
beforeEach(async () => {
  here = await aBatchWorld()
})
const answer = (id: string, more: BatchAnswers) =>
  amendAnswers({ ...asked(id), change: (before) => ({ ...before, ...more }) }, here.deps)
/** Faults of each line, with what they offer. */
const faultsOf = async (id: string) =>
  (await previewBatch(asked(id), here.deps)).rows.map(({ line, faults }) => [
    line,
    ...faults.map(({ kind, field, offer }) => [kind, field, offer]),
  ])

/** Issues the rows that are ready, and returns each document. */
async function issued(id: string): Promise<string[]> {
  const { rows } = await previewBatch(asked(id), here.deps)
  const { closed } = await closeBatch(asked(id), here.deps)
  const approval = { issuer: BODY, subject: SECOND_OFFICER, id, hash: closed?.hash ?? '', signedInAt: here.clock.now }
  await approveBatch(approval, here.deps)
  await here.deliver()
  const documents = rows.flatMap(({ line, input }) =>
    input === undefined
      ? []
      : [
          issueCertificate(
            { issuer: BODY, subject: OFFICER, idempotencyKey: `batch ${id} line ${line}`, input },
            { ...here.world.issuing, now: here.clock.now },
          ),
        ],
  )
  const found = (await Promise.all(documents)).map(atOnce)
  expect(found.every(({ replayed }) => replayed)).toBe(true)
  return found.map(({ verifiableCredential }) => JSON.stringify(verifiableCredential))
}

test('merged cells of a workbook that LibreOffice wrote: their value is offered to the rows below, and is in no certificate before it is accepted', async () => {
  const bytes = readFileSync(new URL('../../../../test/fixtures/tables/libreoffice.xlsx', import.meta.url))
  const read = async (accepted: BatchAnswers['accepted'] = []) => {
    const { id } = await here.submit(new Uint8Array(bytes), `accepted ${accepted}`)
    const same = { qualification: 'ph-masonry-nc2', awardedOn: '2026-02-24' }
    await answer(id, { columns: { name: 0, number: 1, assessor: 3 }, same, accepted })
    return id
  }
  const offered = await read()
  expect(await faultsOf(offered)).toEqual([[4], [5, ['merged', 'assessor', 'centre-1']], [6]])
  const before = await issued(offered)
  expect(before.map((document) => /centre-1/.test(document))).toEqual([true, false])
  // The row that was left out is ready in the next batch, once its offer is accepted. The others are issued.
  const accepted = await read(['merged'])
  expect(await faultsOf(accepted)).toEqual([
    [4, ['already-issued', 'number', undefined]],
    [5],
    [6, ['already-issued', 'number', undefined]],
  ])
  const [after = ''] = await issued(accepted)
  expect([/HCC-004418/.test(after), /centre-1/.test(after)]).toEqual([true, true])
})

/** Names that were made up, in both codings of the same letters. The last one is a right name in either, so only its column says which. */
const ZAWGYI = ['မေအးေအး', 'ကိုေအာင္ေအာင္', 'မျမင့္ျမင့္', 'ဦးလွ']
const UNICODE = ['မအေးအေး', 'ကိုအောင်အောင်', 'မမြင့်မြင့်', 'ဦးလှ']

test('a column in Zawgyi is judged as a whole and offered in Unicode, and is issued only in the form that a person accepted', async () => {
  const rows = ZAWGYI.map((name, at) => `ph-masonry-nc2,ANA EXAMPLE,${name},TP-${at},2026-02-24`)
  const { id } = await here.submit(['qualification,name,nativeName,number,awardedOn', ...rows].join('\n'))
  expect(await faultsOf(id)).toEqual(UNICODE.map((offer, at) => [at + 2, ['zawgyi', 'nativeName', offer]]))
  // Nothing is converted silently: without an answer no row is ready.
  await expect(closeBatch(asked(id), here.deps)).rejects.toMatchObject({ code: 'conflict' })
  await answer(id, { accepted: ['merged', 'lost-zeros'] })
  await expect(closeBatch(asked(id), here.deps)).rejects.toMatchObject({ code: 'conflict' })
  await answer(id, { accepted: ['zawgyi'] })
  const documents = await issued(id)
  expect(documents.map((document) => UNICODE.filter((name) => document.includes(`"${name}"`)))).toEqual(
    UNICODE.map((name) => [name]),
  )
  expect(documents.join()).not.toMatch(new RegExp(ZAWGYI.join('|')))
})

test('a name in Unicode among others is offered nothing, and a cell that a person wrote anew is left as it is', async () => {
  const head = 'qualification,name,nativeName,number,awardedOn'
  const rows = UNICODE.map((name, at) => `ph-masonry-nc2,ANA EXAMPLE,${name},TP-${at},2026-02-24`)
  const { id } = await here.submit([head, ...rows].join('\n'))
  expect(await faultsOf(id)).toEqual([[2], [3], [4], [5]])
  const alone = `ph-masonry-nc2,ANA EXAMPLE,${ZAWGYI[3]},TP-9,2026-02-24`
  const one = await here.submit([head, alone].join('\n'), 'alone')
  expect(await faultsOf(one.id)).toEqual([[2]])
  const old = await here.submit(
    [head, ...rows.map((row, at) => row.replace(UNICODE[at] ?? '', ZAWGYI[at] ?? ''))].join('\n'),
    'old',
  )
  const cells = [{ line: 2, field: 'nativeName' as const, text: 'မအေးအေး' }]
  await answer(old.id, { cells })
  expect((await faultsOf(old.id)).map(([line, ...faults]) => [line, faults.length])).toEqual([
    [2, 0],
    [3, 1],
    [4, 1],
    [5, 1],
  ])
})
