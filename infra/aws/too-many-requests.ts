import { createHash } from 'node:crypto'
import { problems, problemType } from '@sijil/http'
import { type Language, languages, smallPageStyle, smallTooManyPage } from '@sijil/web/small-too-many-page'
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import { limitWindow } from './limits.ts'
import { all, any, hasLabel, header, matches, not, parameter } from './statements.ts'

/** Labels of rules that count. A rule that answers reads them. */
export const OVER_LIMIT = 'limit:over'
export const FOR_PEOPLE = 'readers:people'

const [usual, ...others] = Object.keys(languages) as [Language, ...Language[]]
const keyOf = (form: 'json' | Language) => `TooMany-${form}`

/** A JSON type by its name, as packages/http's `wantedForm` reads it, but without weights: a rule cannot compare numbers. */
const namesJson = matches(header('accept'), String.raw`(?:application/json|\+json|application/vc)\s*(?:[;,]|$)`)
const namesHtml = matches(header('accept'), String.raw`text/html\s*(?:[;,]|$)`)
/** Readers of a page who name no JSON, and programs that name HTML, as browsers do (docs/decisions/068-links-open-pages.md). */
const wantsPage = all(not(namesJson), any(hasLabel(FOR_PEOPLE), namesHtml))

const tag = (tags: readonly string[]) => String.raw`(?:^|,)\s*(?:${tags.join('|')})\s*`

/** As `chosenLanguage`: the address, or else the first tag that we speak. Browsers send their tags in the order of their weights. */
function reads(language: Language): CfnWebACL.StatementProperty {
  const spoken = [usual, ...others]
  const rest = spoken.filter((other) => other !== language)
  const accepted = matches(header('accept-language'), `${tag([language])}(?:[-;,]|$)`)
  const otherFirst = matches(
    header('accept-language'),
    `${tag(rest)}(?:[-;,].*)?${tag([language]).replace('^|', '')}(?:[-;,]|$)`,
  )
  const byAddress = matches(parameter('lang'), `^${language}$`)
  const otherByAddress = matches(parameter('lang'), `^(?:${spoken.join('|')})$`)
  return any(byAddress, all(not(otherByAddress), accepted, not(otherFirst)))
}

interface AnswerRule {
  name: string
  statement: CfnWebACL.StatementProperty
  action: CfnWebACL.RuleActionProperty
}

/** The rules that answer, in order. They match only what an earlier rule has labelled as beyond a limit. */
export const answerRules: readonly AnswerRule[] = [
  answerRule('json', all(hasLabel(OVER_LIMIT), not(wantsPage))),
  ...others.map((language) => answerRule(language, all(hasLabel(OVER_LIMIT), reads(language)))),
  answerRule(usual, hasLabel(OVER_LIMIT)),
]

function answerRule(form: 'json' | Language, statement: CfnWebACL.StatementProperty): AnswerRule {
  const customResponse = {
    responseCode: problems['rate-limited'].status,
    customResponseBodyKey: keyOf(form),
    responseHeaders: Object.entries(headersOf(form)).map(([name, value]) => ({ name, value })),
  }
  return { name: keyOf(form), statement, action: { block: { customResponse } } }
}

/** The headers policy of CloudFront may not apply to an answer of the firewall, so it has its own headers. AWS WAF sets `content-type`. */
function headersOf(form: 'json' | Language): Record<string, string> {
  const styleHash = createHash('sha256').update(smallPageStyle).digest('base64')
  const own: Record<string, string> =
    form === 'json'
      ? // A page of another origin can then read that it asked too often.
        { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' }
      : {
          'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
          'x-robots-tag': 'noindex',
        }
  return {
    'retry-after': String(limitWindow),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    ...own,
  }
}

/** One body for each form and language. Each is the same for everybody and repeats nothing of the request. */
export function answerBodies(baseUrl: string): Record<string, CfnWebACL.CustomResponseBodyProperty> {
  const { status, title, remedy } = problems['rate-limited']
  const problem = { type: problemType(baseUrl, 'rate-limited'), title, status, detail: remedy }
  const pages = [usual, ...others].map((language) => [
    keyOf(language),
    { contentType: 'TEXT_HTML', content: smallTooManyPage({ language, seconds: limitWindow }) },
  ])
  return {
    [keyOf('json')]: { contentType: 'APPLICATION_JSON', content: JSON.stringify(problem) },
    ...Object.fromEntries(pages),
  }
}
