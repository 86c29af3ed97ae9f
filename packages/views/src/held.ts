import { heldAgainst } from '@sijil/qualifications'
import type { Verification } from '@sijil/registry/verification'
import type { HeldUnit, HeldValues } from '@sijil/web'
import { type ComparisonDeps, comparisonValues, type NamedVersion } from './comparisons.ts'
import type { View } from './view.ts'

/**
 * What one certificate has of what the host's edition of a comparison asks for. It is worked out for this answer and kept nowhere. Only the
 * units under the issuer's signature count, and only of a certificate that is valid now. No person is in it.
 */
export async function heldView(
  named: NamedVersion,
  { verdict, certificate }: Pick<Verification, 'verdict' | 'certificate'>,
  deps: ComparisonDeps,
): Promise<View<object, HeldValues>> {
  const comparison = await comparisonValues(named, deps)
  const { id, number, from, to, units } = comparison
  const held = verdict === 'valid' && certificate !== undefined ? unitsOf(certificate, comparison, deps) : undefined
  const rows = units.flatMap(({ unit, result, by, note }) =>
    result === 'not-compared'
      ? []
      : [{ unit: unit.code, result, by: by.map(({ code }) => code), ...(note !== undefined && { note }) }],
  )
  const found = held && heldAgainst({ from: from.pinned, rows }, { from: from.units, to: to.units }, held)
  const shown: readonly HeldUnit[] | undefined = found?.map(({ unit, held, note }) => ({
    ...unit,
    held,
    ...(note !== undefined && { note }),
  }))
  return {
    json: { comparison: { id, number }, verdict, ...(shown && { units: shown }) },
    values: () => ({ comparison, verdict, ...(shown && { units: shown }) }),
  }
}

/** The units that the certificate names. Undefined for one of another qualification, or without an edition. */
function unitsOf(
  { qualification, units }: NonNullable<Verification['certificate']>,
  { from }: HeldValues['comparison'],
  { baseUrl }: ComparisonDeps,
) {
  const { partOf, edition } = qualification
  const whole = partOf ?? qualification
  if (whole.id !== `${baseUrl}/qualifications/${from.pinned.qualification}` || edition === undefined) return undefined
  return {
    qualification: from.pinned.qualification,
    edition,
    ...(partOf !== undefined && { units: units.map(({ code }) => code) }),
  }
}
