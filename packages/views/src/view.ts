import type { Comparison, Framework } from '@sijil/qualifications'
import type { Descriptions, QualificationHistory } from '@sijil/registry/catalogue'
import type { ComplianceCommits, CorridorHistory } from '@sijil/registry/corridors'
import type { AgreedSet, JointCommits } from '@sijil/registry/joint'
import type { ClassDecision } from '@sijil/registry/recognition'
import type { VerifyDeps } from '@sijil/registry/verification'

/** Dependencies of views. A view reads at one moment and writes nothing. */
export interface ViewDeps extends VerifyDeps {
  /** Verifier keys of the witnesses that this deployment names. The browser verifies their cosignatures with them. */
  witnesses: readonly string[]
  /** The history of every qualification. */
  qualifications: () => Promise<readonly QualificationHistory[]>
  /** Every class decision of host authorities. */
  classDecisions: () => Promise<readonly ClassDecision[]>
  /** Every version of every comparison. */
  comparisons: () => Promise<readonly JointCommits<Comparison>[]>
  skillSets: () => Promise<readonly JointCommits<AgreedSet>[]>
  /** Every corridor that states founded here. */
  corridors: () => Promise<readonly CorridorHistory[]>
  /** What states declared of the work plans of arrangements, by line. */
  compliance: () => Promise<readonly ComplianceCommits[]>
  /** The frameworks of the baseline. */
  frameworks: () => Promise<readonly Framework[]>
  /** What the baseline says about bodies, arrangements and states. */
  descriptions: () => Promise<Descriptions>
}

/** The content of one address: JSON for programs, and the values of a page. `values` may read more, so programs do not wait for it. */
export interface View<Json extends object, Values> {
  json: Json
  values: () => Values
}
