import { html } from 'hono/html'
import { day, dayBeside, moment } from '../dates.ts'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { timeOfDay } from '../local-time.ts'
import { type MessageKey, reasonSentence, say } from '../messages/say.ts'
import { reasonClass } from './history.ts'
import { dayOfState, doubtedAward } from './meaning.ts'
import { isDayAhead, type Reading } from './reading.ts'
import { answerOfDay, neverCounted, reasonOfRevocation } from './state.ts'

const answers = {
  ok: { className: 'a-ok', icon: 'check' },
  no: { className: 'a-no', icon: 'x' },
  am: { className: 'a-am', icon: 'q' },
} as const

function answer(tone: keyof typeof answers, question: Html, title: Html, why: Html): Html {
  return html`<div><dt>${question}</dt><dd class="${answers[tone].className}">${icon(answers[tone].icon)}<span><b>${title}</b>${why}</span></dd></div>`
}

/** Says why the answer for the day of issue is not a plain yes: the first check that gives a reason, or else the accreditation status. */
function whyNotThatDay(reading: Reading): Html {
  const { values, page, state } = reading
  const { checks, issuer } = values.verification
  const trust = checks.find(({ name }) => name === 'issuer-trust')?.reason
  if (state === 'endedUnknown' && trust !== undefined) return reasonSentence(page.language, trust)
  if (state === 'notACertificate') return say(page.language, 'answer.unread')
  if (state === 'changed') return say(page.language, 'answer.changed')
  if (state === 'unknownIssuer') return reasonSentence(page.language, 'issuer-unknown')
  const telling =
    checks.find((check) => check.outcome === 'failed' && check.name !== 'status' && check.reason !== 'expired') ??
    checks.find((check) => check.outcome === 'not_performed' && check.reason !== 'depends-on-another-check')
  const award = telling?.name === 'issuer-trust' ? doubtedAward(reading) : undefined
  if (award !== undefined)
    return say(page.language, telling?.outcome === 'failed' ? 'answer.award.not' : 'answer.award.unknown', {
      date: day(award, page.language),
    })
  if (telling?.reason !== undefined) return reasonSentence(page.language, telling.reason)
  return say(page.language, `standing.${issuer.onIssueDate.standing}.text`)
}

/** A paper certificate may be made digital later. Both days were then checked, so the text names both. */
function awardedBefore({ certificate, issuedAt, page }: Reading): Html {
  const award = certificate?.awardedOn
  if (award === undefined || issuedAt === undefined || award >= issuedAt.slice(0, 10)) return html``
  return html` ${say(page.language, 'answer.day.award', { date: day(award, page.language) })}`
}

/** No issuer was looked up, so the page says nothing about the day of issue. That is not a no. */
const isUnasked = (state: Reading['state']): boolean => state === 'endedUnknown' || state === 'notACertificate'

export function answerThatDay(reading: Reading): Html {
  const { values, page, state, issuedAt, tone } = reading
  const { language } = page
  const { history, evaluatedAt } = values.verification
  const outcome = isUnasked(state) ? 'am' : answerOfDay(values.verification)
  const isAhead = isDayAhead(reading)
  const question =
    issuedAt === undefined
      ? say(language, 'answer.day.unknown')
      : say(language, 'answer.day', {
          date: html`<b>${isAhead ? moment(issuedAt, language) : dayBeside(issuedAt, [evaluatedAt], language)}</b>`,
        })
  const reason = reasonOfRevocation(history)
  if (outcome === 'ok' && state === 'revoked' && reason !== undefined && neverCounted(history))
    return answer(
      'am',
      question,
      say(language, 'answer.issued'),
      say(language, 'answer.day.revoked', { reason: reasonClass(reason, page) }),
    )
  if (outcome === 'ok') {
    const title = tone === 'no' ? 'answer.was' : 'answer.valid'
    return answer(
      'ok',
      question,
      say(language, title),
      html`${say(language, 'answer.day.ok')}${awardedBefore(reading)}${isAhead ? html` ${say(language, 'answer.day.ahead')}` : ''}`,
    )
  }
  const title: MessageKey = outcome === 'no' ? 'answer.not' : 'answer.cannot'
  return answer(outcome, question, say(language, title), whyNotThatDay(reading))
}

export function answerToday(reading: Reading): Html {
  const { values, page, state, tone, certificate } = reading
  const { language } = page
  const { evaluatedAt } = values.verification
  const date = html`<b>${day(evaluatedAt, language)}</b>, ${timeOfDay(evaluatedAt)}`
  const question = say(language, 'answer.today', { date })
  if (state === 'valid' || state === 'notice') {
    const why =
      certificate?.validUntil === undefined
        ? say(language, 'answer.today.open')
        : say(language, 'answer.today.ok', { date: day(certificate.validUntil, language) })
    return answer('ok', question, say(language, 'answer.still'), why)
  }
  const why = (() => {
    switch (state) {
      case 'revoked':
      case 'superseded':
      case 'suspended':
      case 'expired':
      case 'notYet':
        return say(language, `${state}.today`, { date: dayOfState(reading) })
      case 'notAuthorised': {
        const award = doubtedAward(reading)
        if (award !== undefined) return say(language, 'answer.award.not', { date: day(award, language) })
        return say(language, 'notAuthorised.today')
      }
      default:
        return say(language, `${state}.today`)
    }
  })()
  return answer(
    tone === 'am' ? 'am' : 'no',
    question,
    say(language, tone === 'am' ? 'answer.cannot' : 'answer.not'),
    why,
  )
}
