import { execFileSync } from 'node:child_process'
import { faultsOf, type Message } from './commit-rule.ts'

/** `node check-commits.ts` reads the commit messages since the first tag, and fails if one breaks the rule of CONTRIBUTING.md. */

const git = (...words: string[]): string =>
  execFileSync('git', words, {
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()

/** A copy without its own history may lie in the repository of another project, whose messages are not ours to judge. */
function firstTag(): { tag: string } | { missing: string } {
  try {
    git('rev-parse', '--verify', 'HEAD')
    if (git('rev-parse', '--show-prefix') !== '') throw new Error('a folder in a repository')
  } catch {
    return { missing: 'this is not the root of a Git repository with commits' }
  }
  if (git('rev-parse', '--is-shallow-repository') === 'true') return { missing: 'the clone is shallow' }
  const [tag = ''] = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=creatordate').split('\n')
  return tag === '' ? { missing: 'no tag that begins with v is reachable' } : { tag }
}

/** Git writes the messages of merges itself. */
function messagesSince(tag: string): (Message & { hash: string })[] {
  const log = git('log', '--no-merges', '-z', '--format=%h%n%s%n%b', `refs/tags/${tag}..HEAD`)
  const written = log.split('\0').slice(0, -1)
  return written.map((text) => {
    const [hash = '', subject = '', ...body] = text.split('\n')
    return { hash, subject, body: body.join('\n') }
  })
}

const first = firstTag()
if ('missing' in first) console.log(`Checked no commit message: ${first.missing}.`)
else {
  const messages = messagesSince(first.tag)
  for (const message of messages) {
    const faults = faultsOf(message)
    if (faults.length === 0) continue
    console.error(`${message.hash} "${message.subject}": ${faults.join(' ')}`)
    process.exitCode = 1
  }
  if (process.exitCode === 1) console.error('Reword these commits with `git rebase --interactive`.')
  else console.log(`Checked ${messages.length} commit message${messages.length === 1 ? '' : 's'} since ${first.tag}.`)
}
