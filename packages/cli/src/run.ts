import type { Readable, Writable } from 'node:stream'
import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { defaultRetry } from './client.ts'
import { addBundle } from './commands/bundle.ts'
import { addCatalogue } from './commands/catalogue.ts'
import { addListVerbs } from './commands/change-all.ts'
import { addDomain } from './commands/domain.ts'
import { addIssue } from './commands/issue.ts'
import { addIssueAll } from './commands/issue-all.ts'
import { addLendKey } from './commands/lend-key.ts'
import { addList } from './commands/list.ts'
import { addLog } from './commands/log.ts'
import { addPortfolio } from './commands/portfolio.ts'
import { addRelay } from './commands/relay.ts'
import { addShow } from './commands/show.ts'
import { addStart } from './commands/start.ts'
import { addStatusVerbs } from './commands/status.ts'
import { addToken } from './commands/token.ts'
import { addVerify } from './commands/verify.ts'
import { addWaiting } from './commands/waiting.ts'
import { CommandFailure, exitCodes } from './failure.ts'
import { createOutput } from './output.ts'
import { parseSettings } from './settings.ts'
import type { Surroundings } from './surroundings.ts'

/** A hash in base64url, such as the id of a waiting action. */
const HASH = /^[A-Za-z0-9_-]{43}$/

/** One id in 64 begins with "-". Such ids go to the end, behind "--", so that none is taken for an option. */
function withIdsLast(words: readonly string[]): readonly string[] {
  const isId = (word: string) => word.startsWith('-') && HASH.test(word)
  if (words.includes('--') || !words.some(isId)) return words
  return [...words.filter((word) => !isId(word)), '--', ...words.filter(isId)]
}

/** Determined before parsing, so that a wrong option is also reported in JSON. */
function wantsJson(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return words.slice(0, end === -1 ? undefined : end).includes('--json')
}

function createProgram(surroundings: Surroundings, { stdout, stderr }: Streams): Command {
  const program = new Command('sijil')
    .description('Issue, revoke and verify skills certificates at a registry')
    .version(manifest.version)
    // `run` prints errors, once and in one form.
    .exitOverride()
    .configureOutput({
      outputError: () => {},
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
    .addHelpText('after', environmentHelp)
  for (const add of [
    addVerify,
    addBundle,
    addIssue,
    addIssueAll,
    addStatusVerbs,
    addListVerbs,
    addWaiting,
    addList,
    addShow,
    addLog,
    addRelay,
    addLendKey,
    addDomain,
    addCatalogue,
    addPortfolio,
    addToken,
    addStart,
  ])
    add(program, surroundings)
  for (const command of program.commands)
    command.option('--json', 'answer in JSON on stdout, problems (RFC 9457) on stderr')
  return program
}

const environmentHelp = `
Environment:
  SIJIL_URL    the registry (default http://localhost:4700)
  SIJIL_DATA   folder of the local identity (default .sijil)
  SIJIL_TOKEN  an access token, instead of the local identity

Exit codes:
  0 done, or valid    64 wrong command line, or a file that cannot be used
  1 invalid, or wrong 65 refused by the registry
  2 indeterminate     69 the registry does not answer, or cannot answer now
  3 nothing changed   70 an answer that cannot be understood
    yet: it is waiting for a second person

Examples:
  $ sijil verify certificate.json
  $ sijil issue --issuer demo-ph-tesda --out certificate.json input.json
  $ sijil revoke 0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7 --issuer demo-ph-tesda --reason issued-in-error
`

/** The streams of a process or of a test. */
interface Streams {
  stdin: Readable
  stdout: Writable
  stderr: Writable
}

/** Runs one command and returns its exit code. `words` are the arguments after `sijil`. */
export async function run(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  streams: Streams,
  now = () => new Date(),
): Promise<number> {
  const output = createOutput(wantsJson(words), streams)
  let exitCode = 0
  const program = createProgram(
    {
      settings: () => parseSettings(environment),
      output,
      stdin: streams.stdin,
      now,
      retry: { ...defaultRetry, notice: output.notice },
      setExitCode: (code) => {
        exitCode = code
      },
    },
    streams,
  )
  try {
    await program.parseAsync(withIdsLast(words), { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    // For `sijil` without arguments commander has already printed the help.
    if (error instanceof CommanderError && error.code === 'commander.help') return exitCodes.usage
    const failure = failureFrom(error)
    output.problem(failure.problem)
    return exitCodes[failure.kind]
  }
}

function failureFrom(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error
  if (error instanceof CommanderError)
    return new CommandFailure('usage', { title: error.message.replace(/^error: /, '').replaceAll('\n', ' ') })
  // Only the name, because the message of an unexpected error may quote personal input.
  const kind = error instanceof Error ? error.name : typeof error
  return new CommandFailure('unexpected', { title: `sijil stopped because of an unexpected error (${kind})` })
}
