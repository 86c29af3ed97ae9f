import { qualificationAt } from '../catalogue/qualification-at.ts'
import type { CatalogueReader } from '../catalogue/reader.ts'
import type { Fault } from '../errors.ts'
import { isOfHere } from '../recognition/class-decision.ts'
import type { RecognisedEdition } from '../recognition/decided.ts'
import type { DecisionTerms } from '../recognition/events.ts'
import type { RefusalReason } from '../refusal-reasons.ts'
import { decisionTextFaults } from './verdict-words.ts'

/** Rules for the terms of a decision, whether it is about a class of certificates or about one. */

export const fault = (pointer: string, detail: string, reason?: RefusalReason): Fault => ({
  pointer,
  detail,
  ...(reason && { reason }),
})

/** True for a qualification of this registry that says that its holder is in good standing. It shows no skill that could be recognised (K002). */
export async function showsNoSkill(
  of: RecognisedEdition,
  { catalogue, now }: { catalogue: CatalogueReader; now: Date },
): Promise<boolean> {
  if (!isOfHere(of)) return false
  const moment = now.toISOString()
  return (
    qualificationAt(await catalogue(of.qualification), { effective: moment, recorded: moment })?.kind ===
    'good-standing'
  )
}

export const noSkillFault = (pointer: string): Fault =>
  fault(
    pointer,
    'must not be a certificate of good standing: it shows no skill that could be recognised',
    'is-good-standing',
  )

/** A decision stands beside a verdict, and must not look like one (K007). */
export function textFaults({
  basis,
  reason,
  conditions,
  appeal,
  measures = [],
  entitles = [],
}: DecisionTerms): Fault[] {
  return [
    ...Object.entries({ basis, reason, conditions, appeal }).flatMap(([name, text]) =>
      decisionTextFaults(`/${name}`, text),
    ),
    ...measures.flatMap((text, at) => decisionTextFaults(`/measures/${at}`, text)),
    ...entitles.flatMap(({ text }, at) => decisionTextFaults(`/entitles/${at}/text`, text)),
  ]
}

export function termFaults({ result, units, measures, until, reason }: DecisionTerms, effectiveAt: string): Fault[] {
  const isMissing = (pointer: string, value: unknown, detail: string) =>
    value === undefined ? [fault(pointer, `is missing: ${detail}`, 'missing')] : []
  const faults: Fault[] = []
  if (result === 'part') faults.push(...isMissing('/units', units, 'name the units that you recognise'))
  if (result === 'measures') faults.push(...isMissing('/measures', measures, 'name each step'))
  if (result === 'temporary') faults.push(...isMissing('/until', until, 'name the last day'))
  if (result === 'refused') {
    faults.push(...isMissing('/reason', reason, 'say why you refuse'))
    if (units !== undefined) faults.push(fault('/units', 'must be absent: nothing is recognised'))
  }
  if (result === 'full' && units !== undefined)
    faults.push(fault('/units', 'must be absent: the whole is recognised. Some units are a part'))
  if (measures !== undefined && result !== 'measures')
    faults.push(fault('/measures', 'must be absent: this result asks for no step'))
  if (until !== undefined && until < effectiveAt.slice(0, 10))
    faults.push(fault('/until', 'must not be before the day that it counts from', 'ends-before-start'))
  return faults
}
