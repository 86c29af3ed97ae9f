import { type Certificate, issuerOfDid } from '@sijil/credentials'
import type { LevelRecord } from '@sijil/qualifications'
import { unlessAway } from '@sijil/registry'
import { levelRecordsOf } from '@sijil/registry/corridors'
import type { Joint } from '@sijil/registry/joint'
import { qualificationOf } from '@sijil/registry/verification'
import type { AgreedLevel } from '@sijil/web'
import { shownParty } from './shown-party.ts'
import type { ViewDeps } from './view.ts'

type LevelDeps = Pick<ViewDeps, 'corridors' | 'now' | 'baseUrl' | 'trust'>

/**
 * The level records about the edition of a certificate, of every host. None for one of another registry, for a part, and for a certificate
 * without an edition. None if the store does not answer: they change no verdict.
 */
export async function levelRecordsAbout(
  { issuer, qualification, ...certificate }: Certificate,
  { corridors, now, baseUrl }: LevelDeps,
): Promise<readonly Joint<LevelRecord>[]> {
  const { edition, partOf } = qualification
  if (edition === undefined || partOf !== undefined || issuerOfDid(issuer.id, baseUrl) === undefined) return []
  const moment = now.toISOString()
  const of = { qualification: qualificationOf({ issuer, qualification, ...certificate }), edition }
  return levelRecordsOf(of, (await unlessAway(corridors())) ?? [], { effective: moment, recorded: moment })
}

/** The newest record for the host that the reader chose, and for no other one (Z006). */
export async function agreedLevel(
  records: readonly Joint<LevelRecord>[],
  host: string,
  deps: LevelDeps,
): Promise<AgreedLevel | undefined> {
  const [joint] = records
    .filter(({ text }) => text.content.host.state === host)
    .toSorted((one, other) => ((one.jointFrom ?? '') < (other.jointFrom ?? '') ? 1 : -1))
  if (joint === undefined) return undefined
  const { aqrf, hostLevel, corridor, track, source } = joint.text.content
  return {
    aqrf,
    ...(hostLevel !== undefined && { hostLevel }),
    since: joint.jointFrom ?? '',
    agreedBy: await Promise.all(joint.text.parties.map((party) => shownParty(party, deps))),
    track: `/corridors/${corridor}/${track}`,
    source,
  }
}
