import type { Certificate, TemporaryRegistration } from '@sijil/credentials'
import { type Fault, RegistryError } from '../errors.ts'
import { namesHolder } from '../issuance/names-holder.ts'
import type { SingleTerms } from './single-draft.ts'
import { fault } from './term-faults.ts'
import { decisionTextFaults } from './verdict-words.ts'

/** Rules for a registration of a foreign professional for a time. It is a decision about the certificate that it rests on. */
export function registrationFaults(
  terms: SingleTerms,
  { holder, isRenewal, now }: { holder: Certificate['holder']; isRenewal: boolean; now: Date },
): Fault[] {
  const { registration, result, until } = terms
  if (registration === undefined) return []
  const { scope, place, supervisor, from } = registration
  const faults: Fault[] = []
  if (result !== 'temporary')
    faults.push(fault('/result', 'must be "temporary": a registration for a time ends by itself'))
  for (const [name, text] of Object.entries({ scope, place })) {
    const pointer = `/registration/${name}`
    faults.push(...decisionTextFaults(pointer, text))
    if (namesHolder(text, holder)) faults.push(fault(pointer, 'has a name of the holder in it: leave the person out'))
  }
  if (from !== undefined && until !== undefined && until < from)
    faults.push(fault('/until', 'must not be before the first day', 'ends-before-start'))
  if (from !== undefined && isRenewal && from > now.toISOString().slice(0, 10))
    faults.push(fault('/registration/from', 'must be absent: a renewal counts from its approval'))
  return supervisor === undefined ? faults : [...faults, ...supervisorFaults(terms, supervisor)]
}

/** Only the officers of the host may read who supervises. Every other text is shown to those who hold the link. */
function supervisorFaults(
  { registration, entitles = [], measures = [], ...terms }: SingleTerms,
  supervisor: string,
): Fault[] {
  const { basis, reason, conditions, appeal } = terms
  const texts: (readonly [string, string | undefined])[] = [
    ...Object.entries({ basis, reason, conditions, appeal }).map(([name, text]) => [`/${name}`, text] as const),
    ['/registration/scope', registration?.scope],
    ['/registration/place', registration?.place],
    ...measures.map((text, at) => [`/measures/${at}`, text] as const),
    ...entitles.map(({ text }, at) => [`/entitles/${at}/text`, text] as const),
  ]
  const named = plain(supervisor)
  return texts.flatMap(([pointer, text = '']) =>
    named !== '' && plain(text).includes(named)
      ? [fault(pointer, 'has the name of the supervisor in it: it is shown, and the supervisor is not')]
      : [],
  )
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()

/** A registration renews a registration that may be renewed. A recognition completes a recognition. */
export function requireRenewable(
  former: TemporaryRegistration | undefined,
  { isRegistration }: { isRegistration: boolean },
): void {
  if ((former !== undefined) !== isRegistration)
    throw new RegistryError(
      'conflict',
      'a registration and a recognition are two decisions: neither takes the place of the other',
    )
  if (former !== undefined && !former.isRenewable)
    throw new RegistryError('conflict', 'this registration may not be renewed: it says so itself')
}

/** What is signed: whether somebody supervises, and not who. */
export function signedRegistration({ registration }: SingleTerms): TemporaryRegistration | undefined {
  if (registration === undefined) return undefined
  const { activity, scope, place, supervisor, isRenewable = false } = registration
  return { activity, scope, place, isSupervised: supervisor !== undefined, isRenewable }
}
