import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { resultOf } from './command.ts'
import { faultsOf } from './commit-rule.ts'

const why = 'The old form misled a reader.'

describe('a commit message', () => {
  test.each([
    'Add a page on status lists',
    'Refuse a list from the future',
    `Revert "Add a page on status lists"`,
    'Été is a capital letter as well',
    'A'.repeat(72),
    '𝐀'.repeat(72),
  ])('%s is accepted', (subject) => {
    expect(faultsOf({ subject, body: why })).toEqual([])
  })

  test.each([
    ['add a page', 'Begin the subject with a capital letter.'],
    ['fixup! Add a page', 'Begin the subject with a capital letter.'],
    ['', 'Begin the subject with a capital letter.'],
    ['Add a page.', 'Remove the full stop at the end of the subject.'],
    ['A'.repeat(73), 'Shorten the subject from 73 to at most 72 characters.'],
  ])('%s is refused', (subject, fault) => {
    expect(faultsOf({ subject, body: why })).toEqual([fault])
  })

  test.each([
    '',
    ' \n',
    'Co-authored-by: A Person <person@example.org>\nSigned-off-by: A Person <person@example.org>\n',
  ])('without a reason is refused: %j', (body) => {
    expect(faultsOf({ subject: 'Add a page', body })).toEqual(['Say in the body why the change is made.'])
  })

  test('with several faults names each', () => {
    expect(faultsOf({ subject: `${'a'.repeat(80)}.`, body: '' })).toHaveLength(4)
  })
})

describe('check-commits', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sijil-commits-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  /** Nothing of the settings of this machine, and no search for a repository above the folder. */
  const env = {
    PATH: process.env.PATH,
    GIT_CEILING_DIRECTORIES: tmpdir(),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'A Person',
    GIT_AUTHOR_EMAIL: 'person@example.org',
    GIT_COMMITTER_NAME: 'A Person',
    GIT_COMMITTER_EMAIL: 'person@example.org',
  }
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, env, stdio: 'pipe' })
  const commit = (subject: string, body = why) => git('commit', '--allow-empty', '-m', subject, '-m', body)
  const check = (cwd = folder) =>
    resultOf(spawn(process.execPath, [join(import.meta.dirname, 'check-commits.ts')], { cwd, env }))

  test('passes where each message since the first tag keeps the rule', async () => {
    git('init')
    commit('an old one.')
    git('tag', 'v0.1.0')
    commit('Add a page')
    expect(await check()).toMatchObject({ code: 0, stdout: 'Checked 1 commit message since v0.1.0.\n', stderr: '' })
  })

  test('fails with the commit and its faults, also before a later tag', async () => {
    git('init')
    commit('Begin')
    git('tag', 'v0.1.0')
    commit('add a page.')
    git('tag', 'v0.2.0')
    commit('Add another page')
    const { code, stderr } = await check()
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^[0-9a-f]{7,} "add a page\.": Begin the subject with a capital letter\. Remove the full stop/,
    )
    expect(stderr).not.toContain('Add another page')
  })

  test('does not read the messages that Git writes for merges', async () => {
    git('init', '-b', 'main')
    commit('Begin')
    git('tag', 'v0.1.0')
    git('switch', '-c', 'other')
    commit('Add a page')
    git('switch', 'main')
    git('merge', '--no-ff', 'other', '-m', 'merged.')
    expect(await check()).toMatchObject({ code: 0, stderr: '' })
  })

  test.each<[reason: string, arrange: () => string]>([
    ['this is not the root of a Git repository with commits', () => folder],
    [
      'this is not the root of a Git repository with commits',
      () => {
        git('init')
        return folder
      },
    ],
    [
      'no tag that begins with v is reachable',
      () => {
        git('init')
        commit('bad.')
        git('tag', 'other')
        return folder
      },
    ],
    [
      'the clone is shallow',
      () => {
        git('init')
        commit('bad.')
        git('tag', 'v0.1.0')
        commit('bad too.')
        git('clone', '--depth', '1', pathToFileURL(folder).href, 'shallow')
        return join(folder, 'shallow')
      },
    ],
    [
      'this is not the root of a Git repository with commits',
      () => {
        git('init')
        commit('bad.')
        git('tag', 'v0.1.0')
        commit('bad too.')
        return mkdtempSync(join(folder, 'unpacked-'))
      },
    ],
  ])('passes with one line where %s', async (reason, arrange) => {
    const expected = { code: 0, stdout: `Checked no commit message: ${reason}.\n`, stderr: '' }
    expect(await check(arrange())).toMatchObject(expected)
  })
})
