import { parseInput } from '@sijil/http'
import type { BodyStatement, StateStatement } from '@sijil/qualifications'
import type { AskedField } from '@sijil/views/desk'
import type { TypedFields } from '@sijil/web'
import { describeBodyInput, describeStateInput } from '../description-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import { type Body, type DeskAction, proposes, renamed } from './desk-action.ts'
import { numbered } from './framework-form.ts'
import { pastedText } from './pasted-rows.ts'

const bodyFields = [
  'mandate.text?',
  'mandate.law?',
  'mandate.dated?',
  'mandate.source?',
  'practice.assessment?',
  'practice.assessors?',
  'practice.certificate?',
  'practice.appeal?',
  'practice.source?',
  'awards?',
  'register?',
  'note?',
  'source',
  'effectiveFrom?',
] as const satisfies readonly AskedField[]
const stateFields = [
  'certificateLanguages.codes',
  'certificateLanguages.source',
  'standards?',
  'assurance?',
  'effectiveFrom?',
] as const satisfies readonly AskedField[]

/** What bodies and authorities say about themselves, and the root of a state about its state. */
export const descriptionActions = {
  'describe-body': {
    group: 'registrations',
    desks: ['authorities', 'issuers'],
    first: 'describedBody',
    fields: bodyFields,
    make: proposes(
      describeBodyInput,
      ({ authority }, input, chance) => proposedChanges['describe-body']({ issuer: authority }, input, chance),
      (body) => renamed('describedBody', 'record')(withNumbers(body)),
    ),
  },
  'describe-state': {
    group: 'registrations',
    first: 'describedState',
    fields: stateFields,
    make: (_, body, chance) =>
      proposedChanges['describe-state'](
        {},
        parseInput(describeStateInput, renamed('describedState', 'state')(body)),
        chance,
      ),
  },
} as const satisfies Readonly<Record<string, DeskAction>>

/** Cells are texts. In one cell, levels stand behind each other with spaces or commas. */
function withNumbers({ awards = [], ...rest }: Body): Body {
  const rows = awards as readonly { title: string; levels?: string; years?: string }[]
  return {
    ...rest,
    awards: rows.map(({ title, levels, years }) => ({
      title,
      ...(levels !== undefined && {
        levels: levels
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(numbered),
      }),
      ...(years !== undefined && { years: numbered(years) }),
    })),
  }
}

/** A description as an officer would type it, so that a form begins with what counts now. */
export function typedBody({ awards, mandate, practice, register = '', note = '', source }: BodyStatement): TypedFields {
  return {
    ...(mandate && {
      'mandate.text': mandate.text,
      'mandate.law': mandate.law ?? '',
      'mandate.dated': mandate.dated ?? '',
      'mandate.source': mandate.source,
    }),
    ...Object.fromEntries(Object.entries(practice ?? {}).map(([part, words]) => [`practice.${part}`, words])),
    awards: pastedText(
      awards.map(({ title, levels = [], years }) => [title, levels.join(' '), years === undefined ? '' : `${years}`]),
    ),
    register,
    note,
    source,
  }
}

export function typedState({ certificateLanguages, standards, assurance }: StateStatement): TypedFields {
  return {
    'certificateLanguages.codes': certificateLanguages.codes.join('\n'),
    'certificateLanguages.source': certificateLanguages.source,
    standards: pastedText(standards.map(({ text, source, place = '' }) => [text, source, place])),
    assurance: pastedText(assurance.map(({ text, source }) => [text, source])),
  }
}
