import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { deskSessions } from '../sessions/sessions.ts'
import { textMarks } from './text-marks.ts'

const secret = randomBytes(32).toString('base64url')
const marks = textMarks(async () => secret)

test('a mark belongs to one text and one deployment', async () => {
  const mark = await marks.make('one')
  expect(mark).toMatch(/^[\w-]{43}$/)
  expect(await marks.make('one')).toBe(mark)
  const others = textMarks(async () => randomBytes(32).toString('base64url'))
  const given = [
    marks.isOf('one', mark),
    marks.isOf('two', mark),
    marks.isOf('one', `${mark}A`),
    marks.isOf('one', ''),
    others.isOf('one', mark),
  ]
  expect(await Promise.all(given)).toEqual([true, false, false, false, false])
})

test('the token of a form is no mark of any text, because each use has a key of its own', async () => {
  const now = new Date('2026-11-24T12:00:00Z')
  const sessions = deskSessions(async () => secret)
  const cookie = (await sessions.begin({ subject: 'officer-1', signedInAt: now }, now)).split(';')[0] as string
  const token = (await sessions.find([cookie], now))?.formToken ?? ''
  expect(await marks.isOf(cookie.slice(cookie.indexOf('=') + 1), token)).toBe(false)
})
