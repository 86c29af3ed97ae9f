import { isReservedId, nationalFrameworks, type OfferedEvidence, type StepId } from '@sijil/qualifications'
import { startOrNow } from '@sijil/registry'
import type { ProposedChange } from '@sijil/registry/decisions'
import type { RecognisedEdition } from '@sijil/registry/recognition'
import { type Logo, type SealedSignatory, usualPolicy } from '@sijil/registry/trust'
import type * as z from 'zod'
import { accreditationOf } from './accreditation-id.ts'
import type {
  assignRecordInput,
  retireQualificationInput,
  stateEditionInput,
  stateQualificationInput,
} from './catalogue-inputs.ts'
import type { comparisonInput, joinVersionInput, leaveVersionInput, skillSetInput } from './comparison-inputs.ts'
import type {
  attachEvidenceInput,
  complianceInput,
  corridorInput,
  declareStepInput,
  joinStepInput,
  levelRecordInput,
  openGapsInput,
  planGapInput,
  planStepInput,
  receivePortfolioInput,
  withdrawStepInput,
} from './corridor-inputs.ts'
import type {
  acceptListInput,
  accreditInput,
  addKeyInput,
  amendInput,
  brakeInput,
  certifyInput,
  changeInput,
  compromiseInput,
  contactInput,
  keyInput,
  memberInput,
  registerBodyInput,
  registerInput,
  removeMemberInput,
  revokeCertificateInput,
  succeedInput,
} from './decision-inputs.ts'
import type { describeBodyInput, describeStateInput } from './description-inputs.ts'
import type {
  confirmLevelsInput,
  endPlacementInput,
  placeEditionInput,
  stateFrameworkInput,
  stateReferencingInput,
} from './framework-inputs.ts'
import type { policyInput, webhookInput } from './own-inputs.ts'
import type { appealInput, endRecognitionInput, joinRecognitionInput, recogniseInput } from './recognition-inputs.ts'
import { strict } from './strict.ts'
import { uuidOf } from './uuid-of.ts'

/** The parts of a change that are no member of its input: the API has them in its address, the desk in its form. */
export interface Target {
  authority: string
  /** The entity whose key or brake is concerned. */
  issuer: string
  kid: string
  /** UUID of a certificate of `issuer`. */
  certificate: string
  /** `{grantee}.{grant}` */
  accreditation: string
  /** `{owner}.{local}` */
  qualification: string
  /** `{authority}.{local}` */
  framework: string
}

/** A class decision that was made before. */
interface DecidedClass {
  recognised: RecognisedEdition
  decision: string
}

interface Chance {
  now: Date
  newId: () => string
}

type Register = 'register-authority' | 'register-centre'
const registering =
  (verb: Register) =>
  (_: unknown, input: z.output<typeof registerInput>): ProposedChange => ({
    verb,
    ...strict(input),
  })

const changing =
  (verb: 'confirm' | 'lift' | 'withdraw' | 'join') =>
  (
    { accreditation }: Pick<Target, 'accreditation'>,
    input: z.output<typeof changeInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange => {
    const { effectiveFrom, ...grounds } = strict(input)
    return { verb, ...accreditationOf(accreditation), ...grounds, effectiveAt: startOf(effectiveFrom, now) }
  }

const ofKey =
  (verb: 'retire-key' | 'resume-key') =>
  ({ issuer, kid }: Pick<Target, 'issuer' | 'kid'>, input: z.output<typeof keyInput>): ProposedChange => {
    const { authority: _, ...grounds } = strict(input)
    return { verb, issuer, kid, ...grounds }
  }

/** The change that each input proposes. The API of decisions and the desk share it, so both propose the same. */
export const proposedChanges = {
  accredit(_: unknown, input: z.output<typeof accreditInput>, { now, newId }: Chance): ProposedChange {
    const { effectiveFrom, ...stated } = strict(input)
    return { verb: 'accredit', grant: newId().slice(0, 8), ...stated, effectiveAt: startOf(effectiveFrom, now) }
  },
  amend(
    { accreditation }: Pick<Target, 'accreditation'>,
    input: z.output<typeof amendInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { effectiveFrom, ...stated } = strict(input)
    return { verb: 'amend', ...accreditationOf(accreditation), ...stated, effectiveAt: startOf(effectiveFrom, now) }
  },
  confirm: changing('confirm'),
  lift: changing('lift'),
  withdraw: changing('withdraw'),
  join: changing('join'),
  'revoke-certificate': (
    { issuer, certificate }: Pick<Target, 'issuer' | 'certificate'>,
    { reason }: z.output<typeof revokeCertificateInput>,
  ): ProposedChange => ({ verb: 'revoke-certificate', issuer, certificate: uuidOf(certificate), reason }),
  'reinstate-certificate': ({ issuer, certificate }: Pick<Target, 'issuer' | 'certificate'>): ProposedChange => ({
    verb: 'reinstate-certificate',
    issuer,
    certificate: uuidOf(certificate),
  }),
  'register-authority': registering('register-authority'),
  'register-centre': registering('register-centre'),
  'register-body': (_: unknown, input: z.output<typeof registerBodyInput>): ProposedChange => ({
    verb: 'register-body',
    ...strict(input),
  }),
  succeed(_: unknown, input: z.output<typeof succeedInput>, { now }: Pick<Chance, 'now'>): ProposedChange {
    const { effectiveFrom, ...stated } = strict(input)
    return { verb: 'succeed', ...stated, effectiveAt: startOf(effectiveFrom, now) }
  },
  'change-contact'(_: unknown, input: z.output<typeof contactInput>, { now }: Pick<Chance, 'now'>): ProposedChange {
    const { effectiveFrom, ...stated } = strict(input)
    return { verb: 'change-contact', ...stated, effectiveAt: startOf(effectiveFrom, now) }
  },
  'add-member': (
    { authority }: Pick<Target, 'authority'>,
    { owner = authority, ...member }: z.output<typeof memberInput>,
  ): ProposedChange => ({
    verb: 'add-member',
    owner,
    ...member,
  }),
  'remove-member': (
    { authority }: Pick<Target, 'authority'>,
    { owner = authority, subject }: z.output<typeof removeMemberInput>,
  ): ProposedChange => ({
    verb: 'remove-member',
    owner,
    subject,
  }),
  'add-key'(
    { issuer }: Pick<Target, 'issuer'>,
    { purpose, algorithm, elsewhere, lent }: z.output<typeof addKeyInput>,
  ): ProposedChange {
    if (lent !== undefined) return { verb: 'lend-key', issuer, purpose, key: lent }
    if (elsewhere !== undefined) return { verb: 'add-key-elsewhere', issuer, key: { purpose, ...elsewhere } }
    return { verb: 'add-key', issuer, purpose, algorithm }
  },
  'certify-key': (
    { issuer, kid }: Pick<Target, 'issuer' | 'kid'>,
    { x5c }: z.output<typeof certifyInput>,
  ): ProposedChange => ({
    verb: 'certify-key',
    issuer,
    kid,
    x5c,
  }),
  'retire-key': ofKey('retire-key'),
  'resume-key': ofKey('resume-key'),
  'compromise-key'(
    { issuer, kid }: Pick<Target, 'issuer' | 'kid'>,
    input: z.output<typeof compromiseInput>,
  ): ProposedChange {
    const { authority: _, compromisedFrom: stated, ...grounds } = strict(input)
    const compromisedFrom = new Date(stated).toISOString()
    return { verb: 'compromise-key', issuer, kid, compromisedFrom, ...grounds }
  },
  'set-brake'({ issuer }: Pick<Target, 'issuer'>, input: z.output<typeof brakeInput>): ProposedChange {
    const { authority: _, ...stated } = strict(input)
    return { verb: 'set-brake', issuer, ...stated }
  },
  'set-policy'(
    { issuer: body }: Pick<Target, 'issuer'>,
    input: z.output<typeof policyInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { effectiveFrom, batchFrom = usualPolicy.batchFrom, ...policy } = strict(input)
    return { verb: 'set-policy', body, batchFrom, ...policy, effectiveAt: startOf(effectiveFrom, now) }
  },
  /** The name is sealed before, because a proposal holds no readable person. */
  'set-signatory'(
    { issuer: body }: Pick<Target, 'issuer'>,
    { signatory, effectiveFrom }: { signatory: SealedSignatory | null; effectiveFrom?: string },
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    return { verb: 'set-signatory', body, signatory, effectiveAt: startOf(effectiveFrom, now) }
  },
  /** The picture is stored before. The proposal names its hash. */
  'set-logo'(
    { issuer: body }: Pick<Target, 'issuer'>,
    { logo, effectiveFrom }: { logo: Logo | null; effectiveFrom?: string },
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    return { verb: 'set-logo', body, logo, effectiveAt: startOf(effectiveFrom, now) }
  },
  /** The address is checked before. */
  'set-webhook'(
    { issuer: body }: Pick<Target, 'issuer'>,
    { endpoint, effectiveFrom }: z.output<typeof webhookInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    return { verb: 'set-webhook', body, endpoint, effectiveAt: startOf(effectiveFrom, now) }
  },
  'state-qualification'(
    { issuer }: Pick<Target, 'issuer'>,
    input: z.output<typeof stateQualificationInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { id, edition, effectiveFrom, ...statement } = strict(input)
    // A first statement counts for the awards of its edition that were made already.
    const from = effectiveFrom ?? edition?.from
    return {
      verb: 'state-qualification',
      qualification: recordId(issuer, id),
      statement,
      ...(edition && { edition }),
      effectiveAt: startOf(from !== undefined && from > dayOf(now) ? undefined : from, now),
    }
  },
  'state-edition'(
    { qualification }: Pick<Target, 'qualification'>,
    input: z.output<typeof stateEditionInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { edition, effectiveFrom } = strict(input)
    return { verb: 'state-edition', qualification, edition, effectiveAt: startOf(effectiveFrom, now) }
  },
  'retire-qualification'(
    { qualification }: Pick<Target, 'qualification'>,
    input: z.output<typeof retireQualificationInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { effectiveFrom, ...grounds } = strict(input)
    return { verb: 'retire-qualification', qualification, ...grounds, effectiveAt: startOf(effectiveFrom, now) }
  },
  'assign-record'(_: unknown, input: z.output<typeof assignRecordInput>, { now }: Pick<Chance, 'now'>): ProposedChange {
    const { effectiveFrom, ...stated } = strict(input)
    return { verb: 'assign-record', ...stated, effectiveAt: startOf(effectiveFrom, now) }
  },
  'describe-body'(
    { issuer }: Pick<Target, 'issuer'>,
    input: z.output<typeof describeBodyInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { record = issuer, effectiveFrom, ...statement } = strict(input)
    return {
      verb: 'describe-body',
      described: `body:${record}`,
      statement,
      effectiveAt: startOf(effectiveFrom, now),
    }
  },
  'describe-state'(
    _: unknown,
    input: z.output<typeof describeStateInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { state, effectiveFrom, ...statement } = strict(input)
    return {
      verb: 'describe-state',
      described: `state:${state}`,
      statement,
      effectiveAt: startOf(effectiveFrom, now),
    }
  },
  'state-framework'(
    { authority }: Pick<Target, 'authority'>,
    input: z.output<typeof stateFrameworkInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { id, effectiveFrom, ...statement } = strict(input)
    const framework = recordId(authority, id)
    return { verb: 'state-framework', framework, statement, effectiveAt: startOf(effectiveFrom, now) }
  },
  'state-referencing'(
    { framework }: Pick<Target, 'framework'>,
    input: z.output<typeof stateReferencingInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { effectiveFrom, ...referencing } = strict(input)
    // An endorsement counts from the day of the Committee's decision.
    const from = effectiveFrom ?? referencing.endorsedOn
    return { verb: 'state-referencing', framework, referencing, effectiveAt: startOf(from, now) }
  },
  'confirm-levels'(
    { framework }: Pick<Target, 'framework'>,
    input: z.output<typeof confirmLevelsInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { effectiveFrom, ...table } = strict(input)
    return { verb: 'confirm-levels', framework, table, effectiveAt: startOf(effectiveFrom, now) }
  },
  'place-edition'(_: unknown, input: z.output<typeof placeEditionInput>, { now }: Pick<Chance, 'now'>): ProposedChange {
    const { qualification, edition, effectiveFrom, ...placement } = strict(input)
    return { verb: 'place-edition', qualification, edition, placement, effectiveAt: startOf(effectiveFrom, now) }
  },
  'end-placement'(_: unknown, input: z.output<typeof endPlacementInput>, { now }: Pick<Chance, 'now'>): ProposedChange {
    const { effectiveFrom, ...stated } = strict(input)
    return { verb: 'end-placement', ...stated, effectiveAt: startOf(effectiveFrom, now) }
  },
  'recognise-class'(_: unknown, input: z.output<typeof recogniseInput>, { now, newId }: Chance): ProposedChange {
    const { qualification, edition, issuers, award, issuedUntil, effectiveFrom, jointly, ...terms } = strict(input)
    return {
      verb: 'recognise-class',
      recognised: { qualification, edition },
      decision: newId().slice(0, 13),
      class: { issuers, award, issuedUntil },
      terms,
      ...(jointly && { jointly }),
      effectiveAt: startOf(effectiveFrom, now),
    }
  },
  'join-recognition': (
    decided: DecidedClass,
    { hash, effectiveFrom }: z.output<typeof joinRecognitionInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange => ({ verb: 'join-recognition', ...decided, hash, effectiveAt: startOf(effectiveFrom, now) }),
  'end-recognition'(
    decided: DecidedClass,
    input: z.output<typeof endRecognitionInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { effectiveFrom, ...grounds } = strict(input)
    return { verb: 'end-recognition', ...decided, ...grounds, effectiveAt: startOf(effectiveFrom, now) }
  },
  'record-appeal': (
    decided: DecidedClass,
    { state, note }: z.output<typeof appealInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange => ({ verb: 'record-appeal', ...decided, state, note, effectiveAt: now.toISOString() }),
  'propose-comparison'(
    { authority, here }: { authority: string; here: string },
    input: z.output<typeof comparisonInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { id, version, parties, effectiveFrom, ...comparison } = strict(input)
    const others = parties.map(({ registry = here, authority: other }) => ({ registry, id: other }))
    return {
      verb: 'propose-comparison',
      joint: { kind: 'comparison', id: `${authority}.${id}`, number: version },
      parties: [{ registry: here, id: authority }, ...others],
      comparison,
      effectiveAt: startOf(effectiveFrom, now),
    }
  },
  'propose-skill-set'(
    { authority, here }: { authority: string; here: string },
    input: z.output<typeof skillSetInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { id, version, parties, effectiveFrom, ...set } = strict(input)
    const others = parties.map(({ registry = here, authority: other }) => ({ registry, id: other }))
    return {
      verb: 'propose-skill-set',
      joint: { kind: 'skill-set', id: `${authority}.${id}`, number: version },
      parties: [{ registry: here, id: authority }, ...others],
      set,
      effectiveAt: startOf(effectiveFrom, now),
    }
  },
  'propose-level-record'(
    { authority, here }: { authority: string; here: string },
    input: z.output<typeof levelRecordInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { id, version, party, effectiveFrom, ...levelRecord } = strict(input)
    return {
      verb: 'propose-level-record',
      joint: { kind: 'level-record', id: `${authority}.${id}`, number: version },
      parties: [authority, party].map((each) => ({ registry: here, id: each })),
      levelRecord,
      effectiveAt: startOf(effectiveFrom, now),
    }
  },
  'join-version'(
    named: NamedVersion,
    { hash, effectiveFrom }: z.output<typeof joinVersionInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    return { verb: 'join-version', joint: versionOf(named), hash, effectiveAt: startOf(effectiveFrom, now) }
  },
  'leave-version'(
    named: NamedVersion,
    input: z.output<typeof leaveVersionInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { effectiveFrom, ...stated } = strict(input)
    return { verb: 'leave-version', joint: versionOf(named), ...stated, effectiveAt: startOf(effectiveFrom, now) }
  },
  'propose-corridor'(
    { authority, here }: { authority: string; here: string },
    input: z.output<typeof corridorInput>,
    { now }: Pick<Chance, 'now'>,
  ): ProposedChange {
    const { id, version, parties, effectiveFrom, ...corridor } = strict(input)
    return {
      verb: 'propose-corridor',
      joint: { kind: 'corridor', id: `${authority}.${id}`, number: version },
      parties: [authority, ...parties].map((party) => ({ registry: here, id: party })),
      corridor,
      effectiveAt: startOf(effectiveFrom, now),
    }
  },
  'declare-step'(named: NamedStep, input: z.output<typeof declareStepInput>, chance: Chance): ProposedChange {
    const { evidence, ...statement } = strict(input)
    return { verb: 'declare-step', track: stepOf(named), ...statement, evidence: evidence.map(blinded(chance)) }
  },
  'join-step': (named: NamedStep, { hash }: z.output<typeof joinStepInput>): ProposedChange => ({
    verb: 'join-step',
    track: stepOf(named),
    hash,
  }),
  'withdraw-step': (named: NamedStep, { basis }: z.output<typeof withdrawStepInput>): ProposedChange => ({
    verb: 'withdraw-step',
    track: stepOf(named),
    basis,
  }),
  'attach-evidence': (
    named: NamedStep,
    { evidence }: z.output<typeof attachEvidenceInput>,
    chance: Chance,
  ): ProposedChange => ({
    verb: 'attach-evidence',
    track: stepOf(named),
    evidence: evidence.map(blinded(chance)),
  }),
  'plan-step': (named: NamedStep, { office, due }: z.output<typeof planStepInput>): ProposedChange => ({
    verb: 'plan-step',
    track: stepOf(named),
    office,
    due,
  }),
  'open-gaps': (
    { id: corridor, track }: NamedTrack,
    { comparison, version }: z.output<typeof openGapsInput>,
  ): ProposedChange => ({
    verb: 'open-gaps',
    register: { corridor, id: track },
    comparison: { id: comparison, number: version },
  }),
  'plan-gap': ({ id: corridor, track, gap }: NamedGap, input: z.output<typeof planGapInput>): ProposedChange => ({
    verb: 'plan-gap',
    register: { corridor, id: track },
    gap,
    ...input,
  }),
  'close-gap': (
    { id: corridor, track, gap }: NamedGap,
    { evidence }: z.output<typeof attachEvidenceInput>,
    chance: Chance,
  ): ProposedChange => ({
    verb: 'close-gap',
    register: { corridor, id: track },
    gap,
    evidence: evidence.map(blinded(chance)),
  }),
  'declare-compliance'(_: unknown, input: z.output<typeof complianceInput>): ProposedChange {
    const { arrangement, line, title, ...statement } = input
    return { verb: 'declare-compliance', action: { arrangement, line, title }, statement }
  },
  'receive-portfolio': (
    { id: corridor, track }: NamedTrack,
    { manifest, receivedOn }: z.output<typeof receivePortfolioInput>,
    { newId }: Chance,
  ): ProposedChange => ({
    verb: 'receive-portfolio',
    portfolio: { corridor, track, manifest },
    receipt: newId(),
    receivedOn,
  }),
  'accept-list': (_: unknown, input: z.output<typeof acceptListInput>): ProposedChange => ({
    verb: 'accept-list',
    ...input,
  }),
}

interface NamedTrack {
  id: string
  track: string
}
interface NamedGap extends NamedTrack {
  gap: string
}

/** A step as an address names it. */
interface NamedStep extends NamedTrack {
  step: string
}

/** A step that does not exist is refused after the membership, like one of another corridor (I36). */
const stepOf = ({ id, track, step }: NamedStep) => ({ corridor: id, id: track, step: step as StepId })

/** What is not public gets random bits, so that nobody can guess a short document by its hash. Two ids have 244 of them. */
const blinded =
  ({ newId }: Chance) =>
  (one: z.output<typeof attachEvidenceInput>['evidence'][number]): OfferedEvidence =>
    one.access === 'public' ? one : { ...one, nonce: `${newId()}${newId()}`.replaceAll('-', '') }

/** A version as an address names it. */
interface NamedVersion {
  /** Absent: a comparison. */
  kind?: string
  id: string
  version: string
}

/** Zero is no version, so an address without a number finds none. */
const versionOf = ({ id, version, kind = 'comparison' }: NamedVersion) => ({
  kind,
  id,
  number: /^[1-9][0-9]{0,2}$/.test(version) ? Number(version) : 0,
})

/** Ids of the baseline are reserved: they name its records, which a root assigns. Any other id without a dot is a record of the owner. */
const recordId = (owner: string, id: string): string => {
  const isWhole = id.includes('.') || isReservedId(id) || nationalFrameworks.some((framework) => framework.id === id)
  return isWhole ? id : `${owner}.${id}`
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

/** The moment from which a decision counts. Without a day it counts from now. */
function startOf(day: string | undefined, now: Date): string {
  const moment = now.toISOString()
  return day === undefined ? moment : startOrNow(day, moment)
}
