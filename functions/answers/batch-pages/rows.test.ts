import { csvOf } from '@sijil/credentials/csv'
import { addMember } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { aBatchWorld, HEAD, rowOf, SECOND_OFFICER } from '../../../test/support/batch-world.ts'
import { aBody, BODY, OFFICER } from '../../../test/support/registry-world.ts'
import { rowColumns, rowsOf } from './rows.ts'

test('I47, I49, E001: the rows of an open batch say line, fault and field, repeat no cell, and hold nothing that a spreadsheet runs', async () => {
  const here = await aBatchWorld()
  const hostile = ['=HYPERLINK("http://a.example")', '+1', '-2+3|cmd', '@SUM(1)', '\t=1', '＝1+1', 'SECRET 7']
  const file = [
    `${HEAD},=unknown`,
    rowOf('1', 'SECRET PERSON'),
    ...hostile.map(
      (text) => `ph-masonry-nc2,"${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}",2026-02-24,=1`,
    ),
  ].join('\n')
  const { id } = await here.submit(file)
  const rows = await rowsOf({ issuer: BODY, subject: OFFICER, id }, here.deps)
  expect(new Set(rows.map(([line, state]) => `${line} ${state}`))).toEqual(
    new Set(hostile.map((_, at) => `${at + 3} faulty`)),
  )
  const csv = csvOf(rowColumns, rows)
  expect(csv).not.toMatch(/SECRET|HYPERLINK|cmd|SUM|TP-1|unknown/)
  // Numbers and words of the registry alone.
  expect(rows.flat().filter((cell) => !/^[\w-]*$/.test(cell) || cell.startsWith('-'))).toEqual([])
})

test('I36, B001: an approver may load them; a member who only reads, one of another body and a stranger find no batch', async () => {
  const here = await aBatchWorld()
  const { store } = here.world
  const { id } = await here.submit([HEAD, rowOf('1', 'ANA 7')].join('\n'))
  await aBody('other-body', here.world)
  await addMember(
    { owner: BODY, subject: 'reader', roles: ['read'], actor: 'registrar' },
    { store, now: here.clock.now },
  )
  const rows = (issuer: string, subject: string) => rowsOf({ issuer, subject, id }, here.deps)
  expect(await rows(BODY, SECOND_OFFICER)).toEqual([['2', 'faulty', 'name', 'name', '']])
  for (const [issuer, subject] of [
    [BODY, 'reader'],
    [BODY, 'stranger'],
    ['other-body', OFFICER],
  ] as const)
    await expect(rows(issuer, subject), subject).rejects.toMatchObject({ code: 'not-found' })
})
