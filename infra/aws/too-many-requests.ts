import { createHash } from 'node:crypto'
import { problems, problemType } from '@sijil/http'
import { type Language, languages, smallPageStyle, smallTooManyPage } from '@sijil/web/small-too-many-page'
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import { limitWindow } from './limits.ts'
import { all, hasLabel, header, matches, not, parameter } from './statements.ts'

/** Labels of rules that count. A rule that answers reads them. */
export const OVER_LIMIT = 'limit:over'
export const FOR_PEOPLE = 'readers:people'

const [usual, ...others] = Object.keys(languages) as [Language, ...Language[]]
const keyOf = (form: 'json' | Language) => `TooMany-${form}`

/** A JSON type by its name, as packages/http's `wantedForm` reads it, but without weights: a rule cannot compare numbers. */
const namesJson = matches(header('accept'), String.raw`(?:application/json|\+json|application/vc)\s*(?:[;,]|$)`)
const namesHtml = matches(header('accept'), String.raw`text/html\s*(?:[;,]|$)`)
const tag = (before: string, tags: readonly string[]) => String.raw`${before}\s*(?:${tags.join('|')})\s*`
const acceptsLanguage = (expression: string) => matches(header('accept-language'), expression)

/** The address names this language. */
const isAddressed = (languages: readonly Language[]) => matches(parameter('lang'), `^(?:${languages.join('|')})$`)

/** As `chosenLanguage`: without a word of the address, the first tag that we speak. Browsers send their tags by their weights. */
function isAccepted(language: Language): CfnWebACL.StatementProperty[] {
  const spoken = [usual, ...others]
  const rest = spoken.filter((other) => other !== language)
  const end = '(?:[-;,]|$)'
  return [
    not(isAddressed(spoken)),
    acceptsLanguage(`${tag('(?:^|,)', [language])}${end}`),
    not(acceptsLanguage(`${tag('(?:^|,)', rest)}(?:[-;,].*)?${tag(',', [language])}${end}`)),
  ]
}

interface AnswerRule {
  name: string
  statement: CfnWebACL.StatementProperty
  action: CfnWebACL.RuleActionProperty
}

/**
 * The rules that answer, in order. Each reads the label of a request beyond its limit, and the first that matches answers. A program that
 * names nothing gets JSON, and a person a page (docs/decisions/068-links-open-pages.md).
 */
export const answerRules: readonly AnswerRule[] = [
  answerRule('json', 'named', namesJson),
  answerRule('json', 'program', not(hasLabel(FOR_PEOPLE)), not(namesHtml)),
  ...others.flatMap((language) => [
    answerRule(language, 'addressed', isAddressed([language])),
    answerRule(language, 'accepted', ...isAccepted(language)),
  ]),
  { name: keyOf(usual), statement: hasLabel(OVER_LIMIT), action: answerOf(usual) },
]

function answerRule(form: 'json' | Language, when: string, ...statements: CfnWebACL.StatementProperty[]): AnswerRule {
  return {
    name: `${keyOf(form)}-${when}`,
    statement: all(hasLabel(OVER_LIMIT), ...statements),
    action: answerOf(form),
  }
}

function answerOf(form: 'json' | Language): CfnWebACL.RuleActionProperty {
  const customResponse = {
    responseCode: problems['rate-limited'].status,
    customResponseBodyKey: keyOf(form),
    responseHeaders: Object.entries(headersOf(form)).map(([name, value]) => ({ name, value })),
  }
  return { block: { customResponse } }
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
