import { type Certificate, issuerOfDid } from '@sijil/credentials'
import type { Comparison } from '@sijil/qualifications'
import { unlessAway } from '@sijil/registry'
import { type Joint, jointAt, proposedText } from '@sijil/registry/joint'
import { qualificationOf } from '@sijil/registry/verification'
import type { ComparableTitle, ComparisonValues } from '@sijil/web'
import { valuesOf } from './comparisons.ts'
import type { ViewDeps } from './view.ts'

type TitleDeps = Pick<ViewDeps, 'comparisons' | 'catalogue' | 'trust' | 'now' | 'baseUrl'>

/** More of one edition are not looked at. */
const MOST = 20

/**
 * The joint comparisons of the edition of a certificate with one of a host, newest first. What one authority says alone names no title,
 * and where nothing was found, there is none to name. None for a part, and none if the store does not answer: they change no verdict.
 */
export async function comparedWith(
  { issuer, qualification, ...certificate }: Certificate,
  deps: TitleDeps,
): Promise<readonly ComparisonValues[]> {
  const { edition, partOf } = qualification
  if (edition === undefined || partOf !== undefined || issuerOfDid(issuer.id, deps.baseUrl) === undefined) return []
  const id = qualificationOf({ issuer, qualification, ...certificate })
  const moment = deps.now.toISOString()
  const joint = ((await unlessAway(deps.comparisons())) ?? []).flatMap((commits): Joint<Comparison>[] => {
    const from = proposedText(commits)?.content.from
    // Only those of this edition are folded.
    if (from?.qualification !== id || from.edition !== edition) return []
    const folded = jointAt(commits, { effective: moment, recorded: moment })
    return folded?.state === 'joint' ? [folded] : []
  })
  const newest = joint.toSorted((one, other) => ((one.jointFrom ?? '') < (other.jointFrom ?? '') ? 1 : -1))
  const values = (await unlessAway(Promise.all(newest.slice(0, MOST).map((one) => valuesOf(one, deps))))) ?? []
  return values.filter(({ degree }) => degree !== 'none' && degree !== 'not-compared')
}

/** The title that the newest of them names for a host. */
export function titleIn(host: string, compared: readonly ComparisonValues[]): ComparableTitle | undefined {
  const found = compared.find(({ to }) => to.pinned.state === host)
  if (found === undefined) return undefined
  const { id, number, to, degree, joined, jointFrom = '' } = found
  return {
    title: to.pinned.title,
    ...(to.localTitle && { localTitle: to.localTitle }),
    qualification: to.pinned.qualification,
    degree,
    agreedBy: joined,
    since: jointFrom,
    comparison: `/comparisons/${id}/${number}`,
  }
}
