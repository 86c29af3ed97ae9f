import { route } from '@sijil/http'
import { trackForParty } from '@sijil/registry/corridors'
import { requireOfficer } from '@sijil/registry/trust'
import { joinVersionInput, leaveVersionInput } from '../comparison-inputs.ts'
import {
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
} from '../corridor-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

const ofLevel = { kind: 'level-record' }

/** Corridors that states found together, and what each party declares of their tracks. Two officers of the party decide it. */
export const corridorDecisions = ({ deps, propose, chance }: Deciders) =>
  ({
    'POST /authorities/{authority}/corridors': route({
      input: corridorInput,
      answer: ({ params: { authority }, caller: { subject }, input }) => {
        const here = new URL(deps().baseUrl).host
        return propose(authority, subject, proposedChanges['propose-corridor']({ authority, here }, input, chance()))
      },
    }),
    'POST /authorities/{authority}/corridors/{id}/{version}/join': route({
      input: joinVersionInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['join-version']({ ...named, kind: 'corridor' }, input, chance())),
    }),
    'POST /authorities/{authority}/corridors/{id}/{version}/leave': route({
      input: leaveVersionInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['leave-version']({ ...named, kind: 'corridor' }, input, chance())),
    }),
    'POST /authorities/{authority}/level-records': route({
      input: levelRecordInput,
      answer: ({ params: { authority }, caller: { subject }, input }) => {
        const here = new URL(deps().baseUrl).host
        return propose(
          authority,
          subject,
          proposedChanges['propose-level-record']({ authority, here }, input, chance()),
        )
      },
    }),
    'POST /authorities/{authority}/level-records/{id}/{version}/join': route({
      input: joinVersionInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['join-version']({ ...named, ...ofLevel }, input, chance())),
    }),
    'POST /authorities/{authority}/level-records/{id}/{version}/leave': route({
      input: leaveVersionInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['leave-version']({ ...named, ...ofLevel }, input, chance())),
    }),
    'GET /authorities/{authority}/corridors/{id}/tracks/{track}': route({
      async answer({ params: { authority, id: corridor, track }, caller: { subject } }) {
        const { store, now } = deps()
        await requireOfficer({ owner: authority, subject }, { reader: store })
        return { status: 200, body: await trackForParty({ authority, corridor, track }, { store, now }) }
      },
    }),
    'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/declare': route({
      input: declareStepInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['declare-step'](named, input, chance())),
    }),
    'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/join': route({
      input: joinStepInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['join-step'](named, input)),
    }),
    'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/withdraw': route({
      input: withdrawStepInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['withdraw-step'](named, input)),
    }),
    'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/evidence': route({
      input: attachEvidenceInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['attach-evidence'](named, input, chance())),
    }),
    'POST /authorities/{authority}/corridors/{id}/tracks/{track}/{step}/plan': route({
      input: planStepInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['plan-step'](named, input)),
    }),
    'POST /authorities/{authority}/compliance': route({
      input: complianceInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['declare-compliance'](undefined, input)),
    }),
    'POST /authorities/{authority}/corridors/{id}/tracks/{track}/receipts': route({
      input: receivePortfolioInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['receive-portfolio'](named, input, chance())),
    }),
    'POST /authorities/{authority}/corridors/{id}/tracks/{track}/gaps': route({
      input: openGapsInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['open-gaps'](named, input)),
    }),
    'POST /authorities/{authority}/corridors/{id}/tracks/{track}/gaps/{gap}/plan': route({
      input: planGapInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['plan-gap'](named, input)),
    }),
    'POST /authorities/{authority}/corridors/{id}/tracks/{track}/gaps/{gap}/close': route({
      input: attachEvidenceInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['close-gap'](named, input, chance())),
    }),
  }) satisfies Partial<Decisions>
