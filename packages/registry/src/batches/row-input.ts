import type { IssueInput } from '../certificates/issue-input.ts'
import type { ReadRow } from './read-rows.ts'

/** The request for one certificate. Only for a row without faults. */
export function inputOf({ texts }: Pick<ReadRow, 'texts'>): IssueInput {
  const { name = '', nativeName, birthDate, number = '', qualification = '', centreId, unit } = texts
  const { signatoryName, signatoryPosition, replaces, route, method } = texts
  const same = ['edition', 'registerNumber', 'assessedOn', 'awardedOn', 'otherRoute', 'otherMethod'] as const
  const more = ['assessor', 'limits', 'validUntil', 'language'] as const
  const plain = Object.fromEntries([...same, ...more].flatMap((field) => (texts[field] ? [[field, texts[field]]] : [])))
  return {
    ...plain,
    qualification,
    holder: { name, ...(nativeName && { nativeName }), ...(birthDate && { birthDate }) },
    certificateNumber: number,
    ...(route && { route: route as NonNullable<IssueInput['route']> }),
    ...(method && { method: method as NonNullable<IssueInput['method']> }),
    ...(centreId && { centre: { id: centreId } }),
    ...(unit && { units: unit.split(/[;,]/).map((code) => code.trim()) }),
    ...(signatoryName && signatoryPosition && { signatory: { name: signatoryName, position: signatoryPosition } }),
    ...(replaces && { replaces: replaces.slice(-36) }),
  }
}
