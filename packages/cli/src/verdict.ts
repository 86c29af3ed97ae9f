import { CommandFailure } from './failure.ts'
import { isObject, textAt } from './json.ts'
import { plain } from './output.ts'

/** The exit code of each verdict. `docs/verifying.md` explains the verdicts. */
export const verdictCodes = { valid: 0, invalid: 1, indeterminate: 2 } as const
type Verdict = keyof typeof verdictCodes

const outcomes = { passed: 'passed', failed: 'FAILED', not_performed: 'not performed' } as const
interface Check {
  name: string
  outcome: keyof typeof outcomes
  reason: string | undefined
}

/** The parts of an answer of the registry that are shown to people. */
interface Judgement {
  verdict: Verdict
  checks: Check[]
  lines: string[]
}

/** Throws if the verdict does not follow from the checks of the answer, and never guesses a verdict (I1). */
export function parseJudgement(answer: unknown): Judgement {
  const verdict = isObject(answer) ? answer.verdict : undefined
  if (!isObject(answer) || !isVerdict(verdict) || !Array.isArray(answer.checks))
    throw notAJudgement('It has no verdict.')
  const checks = answer.checks.map(parseCheck)
  const failed = checks.some(({ outcome }) => outcome === 'failed')
  const allPassed = checks.length > 0 && checks.every(({ outcome }) => outcome === 'passed')
  if (verdict === 'valid' ? !allPassed : verdict === 'indeterminate' ? failed : !failed)
    throw notAJudgement(`It says ${verdict}, but its checks give another verdict.`)
  return { verdict, checks, lines: linesOf(answer, verdict, checks) }
}

const notAJudgement = (detail: string) =>
  new CommandFailure('unexpected', { title: 'The answer of the registry is not a verdict', detail })

const isVerdict = (value: unknown): value is Verdict => typeof value === 'string' && Object.hasOwn(verdictCodes, value)
const isOutcome = (value: unknown): value is Check['outcome'] =>
  typeof value === 'string' && Object.hasOwn(outcomes, value)

function parseCheck(value: unknown): Check {
  const name = isObject(value) ? textAt(value, 'name') : undefined
  if (!isObject(value) || name === undefined || !isOutcome(value.outcome))
    throw notAJudgement('A check has no outcome.')
  return { name, outcome: value.outcome, reason: textAt(value, 'reason') }
}

function linesOf(answer: Record<string, unknown>, verdict: Verdict, checks: Check[]): string[] {
  const issuer = isObject(answer.issuer) ? answer.issuer : {}
  return [
    `${verdict.toUpperCase()}: ${sentenceOf(verdict, checks)}${answer.demonstration === true ? ' (demonstration, not a real certificate)' : ''}`,
    ...subjectLine(answer.certificate),
    ...noticeLines(answer.notices),
    '',
    `issuer on the day of issue  ${issuerLine(issuer.onIssueDate)}`,
    `issuer today                ${issuerLine(issuer.today)}`,
    '',
    'checks',
    ...checks.map(
      ({ name, outcome, reason }) =>
        `  ${plain(name).padEnd(13)} ${outcomes[outcome]}${reason === undefined ? '' : `: ${plain(reason)}`}`,
    ),
    '',
    'levels',
    ...levelLines(answer.levels),
    '',
    ...recognitionLines(answer),
    ...listLine(answer.list),
    `evaluated at ${plain(textAt(answer, 'evaluatedAt') ?? 'an unknown time')}`,
  ]
}

function sentenceOf(verdict: Verdict, checks: Check[]): string {
  if (verdict === 'valid') return 'every check passed'
  const outcome = verdict === 'invalid' ? 'failed' : 'not_performed'
  const open = checks
    .filter((check) => check.outcome === outcome)
    .map(({ name, reason }) => plain(`${name} (${reason ?? 'no reason given'})`))
  return `${verdict === 'invalid' ? 'failed at' : 'could not be checked:'} ${open.join(', ') || 'a missing check'}`
}

/** The list that was used in place of the registry that holds the record, with its age. */
function listLine(list: unknown): string[] {
  if (!isObject(list)) return []
  const [registry, madeAt, validUntil] = ['registry', 'madeAt', 'validUntil'].map((name) => textAt(list, name) ?? '?')
  return [
    plain(`by the list of ${registry}, made at ${madeAt}, valid until ${validUntil}`),
    plain(`as of that moment: trust and statements about the qualification that followed it are not known here`),
  ]
}

/** Qualification and issuer. The name of the holder is only in the document, and in `--json` with `--person`. */
function subjectLine(certificate: unknown): string[] {
  if (!isObject(certificate) || !isObject(certificate.qualification) || !isObject(certificate.issuer)) return []
  const title = textAt(certificate.qualification, 'title')
  const issuer = textAt(certificate.issuer, 'name')
  return title === undefined || issuer === undefined ? [] : [plain(`${title}, by ${issuer}`)]
}

const noticeLines = (notices: unknown): string[] =>
  (Array.isArray(notices) ? notices : []).flatMap((notice) => {
    const sentence = isObject(notice) ? textAt(notice, 'sentence') : undefined
    return sentence === undefined ? [] : [plain(`notice: ${sentence}`)]
  })

/** What host authorities decided. It is no part of the verdict, so it stands after the checks and says so. */
function recognitionLines({ recognition, recognitionUnread }: Record<string, unknown>): string[] {
  if (recognitionUnread === true) return ['what host countries decided could not be read', '']
  const decided = (Array.isArray(recognition) ? recognition : []).filter(isObject)
  if (decided.length === 0) return []
  const lines = decided.map((each) => {
    const host = isObject(each.host) ? each.host : {}
    const [state, name] = [textAt(host, 'state') ?? '?', textAt(host, 'name') ?? '?']
    const open = isObject(each.notPerformed) ? '; when it was issued was not checked' : ''
    return plain(`  ${state}: ${textAt(each, 'result') ?? '?'} (${textAt(each, 'applies') ?? '?'}), by ${name}${open}`)
  })
  return ['decided by host countries, which is no part of the checks', ...lines, '']
}

function issuerLine(value: unknown): string {
  const standing = isObject(value) ? textAt(value, 'standing') : undefined
  if (!isObject(value) || standing === undefined) return 'not answered'
  const sentence = textAt(value, 'sentence')
  const since = textAt(value, 'since')
  return plain(
    `${standing}${since === undefined ? '' : ` since ${since}`}${sentence === undefined ? '' : `: ${sentence}`}`,
  )
}

function levelLines(levels: unknown): string[] {
  if (!Array.isArray(levels) || levels.length === 0) return ['  none stated']
  return levels.filter(isObject).map((answer) => {
    const level = textAt(answer, 'level')
    const standing =
      level === undefined
        ? ''
        : answer.confirmed === true
          ? ' (confirmed by the national authority)'
          : ' (computed, not confirmed)'
    return plain(
      `  ${textAt(answer, 'framework') ?? '?'} ${level ?? 'no framework level'}${standing}: ${textAt(answer, 'basis') ?? 'no basis given'}`,
    )
  })
}
