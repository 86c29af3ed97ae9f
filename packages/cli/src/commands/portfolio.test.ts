import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runSijil } from '../testing/run-sijil.ts'

let folder: string
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-portfolio-'))
  await writeFile(at('certificate.pdf'), 'certificate')
  await writeFile(at('photo.jpg'), 'photo')
  await writeFile(at('empty.txt'), '')
})
afterAll(() => rm(folder, { recursive: true }))

/** No registry answers at this address, so a command that asked it would fail. */
const sijil = (...words: string[]) =>
  runSijil(['portfolio', ...words], { environment: { SIJIL_URL: 'http://localhost:1' } })

test('R-057: a manifest has hashes and titles of files and nothing of their content, and no two are the same', async () => {
  const make = (out: string) =>
    sijil('make', 'demo-xl-lla.building/bricks', at('certificate.pdf'), at('photo.jpg'), '--out', at(out))
  const made = await make('manifest.json')
  const text = await readFile(at('manifest.json'), 'utf8')
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(made.stdout).toContain(createHash('sha256').update(text).digest('hex'))
  expect(JSON.parse(text)).toMatchObject({
    ...{ kind: 'sijil-portfolio-1', corridor: 'demo-xl-lla.building', track: 'bricks', registry: 'http://localhost:1' },
    files: [
      { title: 'certificate.pdf', bytes: 11 },
      { title: 'photo.jpg', bytes: 5 },
    ],
  })
  await make('second.json')
  expect(await readFile(at('second.json'), 'utf8')).not.toBe(text)
})

test('R-057: a changed file, a missing file and a file too many are each named, with exit code 1', async () => {
  const check = (...names: string[]) => sijil('check', at('manifest.json'), ...names.map(at), '--json')
  const all = await check('photo.jpg', 'certificate.pdf')
  expect([all.code, JSON.parse(all.stdout).files.length]).toEqual([0, 2])
  await writeFile(at('photo-2.jpg'), 'Photo')
  const changed = await check('photo-2.jpg', 'certificate.pdf')
  expect(changed.code).toBe(1)
  expect(
    JSON.parse(changed.stdout)
      .files.map(({ outcome }: { outcome: string }) => outcome)
      .sort(),
  ).toEqual([...['absent', 'differs', 'holds']])
})

test.each([
  ['an empty file', ['make', 'a.b/c', 'empty.txt', '--out', 'none.json'], /a file is empty/],
  [
    'one file twice',
    ['make', 'a.b/c', 'photo.jpg', 'photo.jpg', '--out', 'none.json'],
    /two of the files are the same/,
  ],
  ['a track without its corridor', ['make', 'bricks', 'photo.jpg', '--out', 'none.json'], /\{corridor\}\/\{track\}/],
  ['a file that is not there', ['make', 'a.b/c', 'gone.jpg', '--out', 'none.json'], /cannot be read \(ENOENT\)/],
  ['what is no manifest', ['check', 'photo.jpg'], /no manifest of a portfolio/],
])('%s is refused, and nothing is written', async (_, words, message) => {
  const places = words.map((word) => (/\.(?:jpg|txt|json)$/.test(word) ? at(word) : word))
  expect(await sijil(...places)).toMatchObject({ code: 64, stderr: expect.stringMatching(message) })
  await expect(readFile(at('none.json'))).rejects.toThrow('ENOENT')
})
