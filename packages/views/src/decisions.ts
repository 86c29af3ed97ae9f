import { EVER, lastStated, qualificationAt } from '@sijil/registry/catalogue'
import { type ClassDecision, type HostAuthority, isOfHere, isWaiting, phaseAt } from '@sijil/registry/recognition'
import type { DecisionsValues } from '@sijil/web'
import { findEntity } from './entity.ts'
import { openGapsBetween } from './open-gaps.ts'
import type { View, ViewDeps } from './view.ts'

export interface DecisionsQuestion {
  /** Id of a qualification of this registry, or the address of one of another. */
  qualification?: string | undefined
  /** ISO 3166-1 alpha-2, or the id of an authority. */
  host?: string | undefined
}

/** A page shows so many. Programs get all. */
const MOST_SHOWN = 100

const applications = { force: 'now', future: 'future', ended: 'ended' } as const

/** A joint decision that not all have joined counts for nobody. If one left before that, it never will. */
const appliesAt = (decision: ClassDecision, moment: string): 'now' | 'future' | 'ended' | 'waiting' =>
  isWaiting(decision)
    ? decision.jointly?.left.length === 0
      ? 'waiting'
      : 'ended'
    : applications[phaseAt(decision, moment)]

/** Those in whose states a joint decision counts. */
const hostsOf = (jointly: ClassDecision['jointly']): readonly HostAuthority[] =>
  (jointly?.parties ?? []).filter(({ isOrigin }) => !isOrigin)

const nameOf = async (id: string, deps: DecisionsDeps): Promise<string> =>
  (await findEntity(id, deps))?.identity.name ?? id

type DecisionsDeps = Pick<ViewDeps, 'catalogue' | 'trust' | 'now' | 'classDecisions' | 'corridors'>

/** Class decisions, newest first. They are read from memory, at most ten seconds old. */
export async function decisionsView(
  asked: DecisionsQuestion,
  deps: DecisionsDeps,
): Promise<View<object, Promise<DecisionsValues>>> {
  const { catalogue, now, classDecisions, corridors } = deps
  const moment = now.toISOString()
  const all = await classDecisions()
  const openGaps = await openGapsBetween({ corridors, now })
  const conditional = ({ of, host }: ClassDecision) => {
    const count = openGaps(of, host.id)
    return count > 0 && { openGaps: count }
  }
  const isAsked = ({ of, host, jointly }: ClassDecision) =>
    (asked.qualification === undefined || of.qualification === asked.qualification) &&
    (asked.host === undefined ||
      [host, ...hostsOf(jointly)].some(({ id, state }) => [state, id].includes(asked.host ?? '')))
  const found = all
    .filter(isAsked)
    .toSorted((one, other) => (one.recordedAt < other.recordedAt ? 1 : one.recordedAt > other.recordedAt ? -1 : 0))
  const titleOf = async ({ of }: ClassDecision) => {
    if (!isOfHere(of)) return undefined
    const history = await catalogue(of.qualification)
    return (qualificationAt(history, { ...EVER, edition: of.edition }) ?? lastStated(history)?.statement.value)?.title
  }
  return {
    json: {
      decisions: found.map((decision) => {
        const { id, of, host, class: covers, terms, jointly, from, recordedAt, appeals, ended } = decision
        const applies = appliesAt(decision, moment)
        const together = { ...(jointly && { jointly }), ...(ended && { ended }) }
        return {
          id,
          ...of,
          host,
          covers,
          ...terms,
          applies,
          from,
          recordedAt,
          appeals,
          ...together,
          ...conditional(decision),
        }
      }),
    },
    values: async () => ({
      asked,
      hosts: [
        ...new Map(
          all.flatMap(({ host, jointly }) => [host, ...hostsOf(jointly)].map((one) => [one.state, one])),
        ).values(),
      ],
      ...(found.length > MOST_SHOWN && { cut: MOST_SHOWN }),
      decisions: await Promise.all(
        found.slice(0, MOST_SHOWN).map(async (decision) => {
          const { id, of, host, class: covers, terms, jointly, from, recordedAt, appeals, ended } = decision
          const appealed = appeals.at(-1)
          const title = await titleOf(decision)
          return {
            id,
            ...terms,
            edition: of.edition,
            host,
            award: covers.award,
            ...(jointly && {
              jointly: jointly.parties.slice(1),
              missing: await Promise.all(jointly.missing.map((party) => nameOf(party, deps))),
            }),
            applies: appliesAt(decision, moment),
            from,
            recordedAt,
            ...(ended && { endedFrom: ended.from }),
            ...conditional(decision),
            ...(appealed && { appealed }),
            qualification: {
              id: of.qualification,
              title: title ?? of.qualification,
              ...(title !== undefined && { page: `/qualifications/${of.qualification}` }),
            },
          }
        }),
      ),
    }),
  }
}
