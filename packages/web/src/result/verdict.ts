import { html } from 'hono/html'
import { day, dayBeside, moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, seal, tag } from '../icons.ts'
import { permitOf } from '../kind-notice.ts'
import { type MessageKey, reasonSentence, say } from '../messages/say.ts'
import { reasonClass } from './history.ts'
import type { Reading } from './reading.ts'
import { answerOfDay, lastChange, neverCounted, reasonOfRevocation } from './state.ts'

const changes = { revoked: 'revoked', superseded: 'superseded', suspended: 'suspended' } as const

/** The day that the state speaks of, as text; a record that names none leaves a dash rather than a guess. */
function dayOfState({ state, values, certificate, page, issuedAt }: Reading): string {
  const { history, issuer, evaluatedAt } = values.verification
  const found =
    state === 'notice'
      ? issuer.today.since
      : state === 'expired'
        ? certificate?.validUntil
        : state === 'notYet'
          ? certificate?.validFrom
          : state in changes
            ? lastChange(history, changes[state as keyof typeof changes])?.at
            : undefined
  return found === undefined ? '–' : dayBeside(found, [issuedAt, evaluatedAt], page.language)
}

/** Two sentences: what this is, and what it means for the reader (R-036, R-054). */
function meaning(reading: Reading): Html {
  const { state, issuer, changer, certificate, page, values } = reading
  const { language } = page
  const date = dayOfState(reading)
  switch (state) {
    case 'valid': {
      const permit = permitOf(values.kind)
      const title =
        certificate === undefined ? '' : foreign(certificate.qualification.title, certificate.qualification.language)
      return say(language, permit === undefined ? 'valid.mean' : `valid.mean.${permit}`, {
        issuer,
        qualification: title,
      })
    }
    case 'notice': {
      const { standing, since } = values.verification.issuer.today
      if (standing === 'suspended' && since !== undefined)
        return say(language, 'notice.mean.suspended', { issuer, date })
      if (standing === 'withdrawn' && since !== undefined)
        return say(language, 'notice.mean.withdrawn', { issuer, date })
      return say(language, 'notice.mean.other', { issuer })
    }
    case 'revoked':
    case 'suspended':
      return changer === undefined
        ? say(language, `${state}.mean`, { issuer, date })
        : say(language, `${state}.mean.authority`, { authority: changer.name, issuer, date })
    case 'superseded':
    case 'expired':
      return say(language, `${state}.mean`, { issuer, date })
    case 'notYet':
      return say(language, 'notYet.mean', { date })
    case 'notAuthorised':
      return say(language, 'notAuthorised.mean', { issuer })
    default:
      return say(language, `${state}.mean`)
  }
}

const answers = {
  ok: { className: 'a-ok', icon: 'check' },
  no: { className: 'a-no', icon: 'x' },
  am: { className: 'a-am', icon: 'q' },
} as const

function answer(tone: keyof typeof answers, question: Html, title: Html, why: Html): Html {
  return html`<div><dt>${question}</dt><dd class="${answers[tone].className}">${icon(answers[tone].icon)}<span><b>${title}</b>${why}</span></dd></div>`
}

/** Why the day of issue is not a plain yes: the first check that says so, or the standing of the issuer. */
function whyNotThatDay({ values, page, state }: Reading): Html {
  const { checks, issuer } = values.verification
  const trust = checks.find(({ name }) => name === 'issuer-trust')?.reason
  if (state === 'endedUnknown' && trust !== undefined) return reasonSentence(page.language, trust)
  if (state === 'changed') return say(page.language, 'answer.changed')
  if (state === 'unknownIssuer') return reasonSentence(page.language, 'issuer-unknown')
  const telling =
    checks.find((check) => check.outcome === 'failed' && check.name !== 'status' && check.reason !== 'expired') ??
    checks.find((check) => check.outcome === 'not_performed' && check.reason !== 'depends-on-another-check')
  if (telling?.reason !== undefined) return reasonSentence(page.language, telling.reason)
  return say(page.language, `standing.${issuer.onIssueDate.standing}.text`)
}

/** A paper certificate may be made digital later: both days were asked about, so both are named. */
function awardedBefore({ certificate, issuedAt, page }: Reading): Html {
  const award = certificate?.awardedOn
  if (award === undefined || issuedAt === undefined || award >= issuedAt.slice(0, 10)) return html``
  return html` ${say(page.language, 'answer.day.award', { date: day(award, page.language) })}`
}

function answerThatDay(reading: Reading): Html {
  const { values, page, state, issuedAt, tone } = reading
  const { language } = page
  const { history, evaluatedAt } = values.verification
  const outcome = state === 'endedUnknown' ? 'am' : answerOfDay(values.verification)
  const question =
    issuedAt === undefined
      ? say(language, 'answer.day.unknown')
      : say(language, 'answer.day', { date: html`<b>${dayBeside(issuedAt, [evaluatedAt], language)}</b>` })
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
      html`${say(language, 'answer.day.ok')}${awardedBefore(reading)}`,
    )
  }
  const title: MessageKey = outcome === 'no' ? 'answer.not' : 'answer.cannot'
  return answer(outcome, question, say(language, title), whyNotThatDay(reading))
}

function answerToday(reading: Reading): Html {
  const { values, page, state, tone, certificate, issuedAt } = reading
  const { language } = page
  const date = html`<b>${dayBeside(values.verification.evaluatedAt, [issuedAt], language)}</b>`
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

/** A print without the name says so in its place: it would fit whoever shows it. */
function who({ certificate, person, state, page }: Reading): Html {
  const { language } = page
  if (certificate === undefined) {
    return html`<p class="who">${say(language, state === 'unknownIssuer' ? 'result.unknownIssuer' : 'result.noFacts')}</p>`
  }
  const qualification = html`<b>${foreign(certificate.qualification.title, certificate.qualification.language)}</b>`
  if (person !== undefined)
    return html`<p class="who">${say(language, 'result.issuedTo', { qualification, name: html`<b>${foreign(person.name)}</b>` })}</p>`
  return html`<p class="who noprint">${say(language, 'result.withoutName', { qualification })}</p><p class="who inprint"><b>${say(language, 'result.withoutName.paper', { qualification })}</b></p>`
}

/** The answer first, in words of one glance; exactly one on a page, and it holds the h1. */
export function verdict(reading: Reading): Html {
  const { state, tone, page, values } = reading
  const { language } = page
  return html`<section class="verdict${tone === 'no' || tone === 'am' ? ` ${tone}` : ''}" aria-labelledby="v"><div class="v-top">${seal(tone)}<div><p class="small">${say(language, 'result.at', { time: moment(values.verification.evaluatedAt, language) })}</p><h1 id="v">${say(language, `${state}.title`)}</h1>${who(reading)}${values.verification.pilot ? html`<p class="small">${tag('am', 'warn', say(language, 'pilot.tag'))} ${say(language, 'pilot.text')}</p>` : ''}</div></div>
<p class="v-mean">${meaning(reading)}</p>
<dl class="ans">${answerThatDay(reading)}
${answerToday(reading)}</dl>
${state === 'notice' ? html`<div class="v-note">${icon('warn')}<p><b>${say(language, 'notice.head')}</b> ${say(language, `standing.${values.verification.issuer.today.standing}.text`)} ${say(language, 'notice.text')}</p></div>` : ''}</section>`
}
