import type { ListedLetter, lookForOfficer, SingleDraft } from '@sijil/registry/decisions'
import type { SingleRecord } from '@sijil/registry/recognition'
import type { DecidedBy } from '@sijil/registry/trust'
import type { LookedAt, ShownField, ShownLetter, SinglesValues, SingleValues } from '@sijil/web'
import { type DeskDeps, namedEntity, namedOf, type Office } from './office.ts'

type Looked = Awaited<ReturnType<typeof lookForOfficer>>

/** The certificate of a link without its holder, and what hosts decided about it and about those like it. */
export function lookedView({ verification, before }: Pick<Looked, 'verification' | 'before'>): LookedAt {
  const { certificate } = verification
  return {
    title: certificate.qualification.title,
    issuer: certificate.issuer.name,
    levels: certificate.levels.map(({ framework, level }) => ({ framework, level })),
    units: certificate.units,
    before: before.map(({ host, result, applies }) => ({ host, result, applies })),
  }
}

/** The fields of the second step. The units are those of the certificate. */
export const singleFields = ({ units }: Pick<LookedAt, 'units'>): ShownField[] => [
  { name: 'result', isOptional: false },
  {
    name: 'decidedUnits',
    isOptional: true,
    options: units.map(({ code, title }) => ({ value: code, code, name: title })),
  },
  ...(['measures', 'conditions', 'endsOn', 'entitles'] as const).map((name) => ({ name, isOptional: true })),
  { name: 'appeal', isOptional: false },
  { name: 'basis', isOptional: false },
  { name: 'reason', isOptional: true },
  { name: 'showRefusal', isOptional: true },
  ...(['activity', 'scope', 'place', 'supervisor', 'from', 'isRenewable'] as const).map((name) => ({
    name: `registration.${name}` as const,
    isOptional: true,
  })),
]

export const officeValues = ({ authority, roles }: Office): Pick<SinglesValues, 'authority' | 'mayPropose'> => ({
  authority: namedEntity(authority),
  mayPropose: roles.includes('propose'),
})

/** One decision for an officer of its host. `draft`: only after an opening that was recorded. */
export function singleView(
  office: Office,
  {
    record,
    draft,
    subject,
    deciders,
  }: { record: SingleRecord; draft?: SingleDraft | undefined; subject: string; deciders: DecidedBy },
): SingleValues {
  return {
    ...officeValues(office),
    decision: record,
    mayApprove: office.roles.includes('approve'),
    isOwn: deciders === 'two' && (record.open?.by ?? record.proposedBy) === subject,
    deciders,
    ...(draft && {
      opened: {
        terms: draft.terms,
        isShown: draft.isShown,
        qualification: draft.qualification.id,
        title: draft.qualification.title,
      },
    }),
  }
}

/** Letters with the names of those who sent them. `opened`: the one whose opening was recorded. */
export const lettersView = (
  letters: readonly ListedLetter[],
  opened: { id: string; link: string } | undefined,
  deps: DeskDeps,
): Promise<ShownLetter[]> =>
  Promise.all(
    letters.map(async ({ from, ...letter }) => ({
      ...letter,
      from: await namedOf(from, deps),
      ...(letter.id === opened?.id && { link: opened.link }),
    })),
  )
