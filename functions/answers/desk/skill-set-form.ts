import { parseInput } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { skillSetInput } from '../comparison-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import { partyOf } from './comparison-form.ts'
import type { Body, DeskAction } from './desk-action.ts'

/** A unit of a national standard in a cell: `{qualification} | {edition} | {unit}`. */
function acceptedIn(text: string): { qualification: string; edition: string; unit: string } {
  const [qualification = '', edition = '', unit = ''] = text.split('|').map((part) => part.trim())
  return { qualification, edition, unit }
}

const cellsIn = (cell: unknown): string[] =>
  String(cell ?? '')
    .split(/[;\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** The form has the members of the set under `set`, as the change has. The body of the API has them at its top. */
function parsed(body: Body) {
  try {
    return parseInput(skillSetInput, body)
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const faults = error.faults.map((fault) => ({
      ...fault,
      pointer: /^\/(?:name|units)\b/.test(fault.pointer) ? `/set${fault.pointer}` : fault.pointer,
    }))
    throw new RegistryError(error.code, error.message, { faults, cause: error })
  }
}

/** An agreed set, one row a unit, as officers paste it from a spreadsheet. */
export const skillSetActions = {
  'propose-skill-set': {
    group: 'comparisons',
    fields: ['setId', 'setVersion', 'set.name', 'set.units', 'parties?', 'effectiveFrom?'],
    make: ({ authority }, { setId, setVersion, set, parties = [], effectiveFrom }, chance, { here }) => {
      const { name, units = [] } = (set ?? {}) as Body
      const input = parsed({
        id: setId,
        version: setVersion,
        name,
        units: (units as readonly Body[]).map(({ accepts, ...unit }) => ({
          ...unit,
          accepts: cellsIn(accepts).map(acceptedIn),
        })),
        parties: (parties as readonly string[]).map(partyOf),
        ...(effectiveFrom !== undefined && { effectiveFrom }),
      })
      return proposedChanges['propose-skill-set']({ authority, here }, input, chance)
    },
  },
} as const satisfies Readonly<Record<string, DeskAction>>
