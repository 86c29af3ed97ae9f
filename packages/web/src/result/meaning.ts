import { day, dayBeside } from '../dates.ts'
import type { Html } from '../html.ts'
import { meaningOfKind } from '../kind-notice.ts'
import { say } from '../messages/say.ts'
import { able } from './able.ts'
import type { Reading } from './reading.ts'
import { lastChange } from './state.ts'

const changes = { revoked: 'revoked', superseded: 'superseded', suspended: 'suspended' } as const

/** The day that the state refers to, as text. If the record has no such day, a dash stands there instead of a guess. */
export function dayOfState({ state, values, certificate, page, issuedAt }: Reading): string {
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

/** The day of the award, if the issuer was authorised on the day of issue but not on that day, or if that is not known. */
export function doubtedAward({ certificate, values }: Pick<Reading, 'certificate' | 'values'>): string | undefined {
  const { checks, issuer } = values.verification
  const isDoubted = checks.some(
    ({ name, outcome, reason }) => name === 'issuer-trust' && (outcome === 'failed' || reason === 'issuer-unknown'),
  )
  if (!isDoubted || issuer.onIssueDate.standing !== 'authorised') return undefined
  return certificate?.awardedOn ?? certificate?.assessedOn
}

/** Two sentences: what this is, and what it means for the reader. */
export function meaning(reading: Reading): Html {
  const { state, issuer, changer, page, values } = reading
  const { language } = page
  const date = dayOfState(reading)
  switch (state) {
    case 'valid':
      return able(reading)
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
      return say(language, 'superseded.mean', { issuer, date })
    case 'expired': {
      const isSkill = meaningOfKind(values.kind) === undefined
      return say(language, isSkill ? 'expired.mean' : 'expired.mean.kind', { issuer, date })
    }
    case 'notYet':
      return say(language, 'notYet.mean', { date })
    case 'notAuthorised': {
      const award = doubtedAward(reading)
      return award === undefined
        ? say(language, 'notAuthorised.mean', { issuer })
        : say(language, 'notAuthorised.mean.award', { issuer, date: day(award, language) })
    }
    default:
      return say(language, `${state}.mean`)
  }
}
