import { parseInput } from '@sijil/http'
import { skillSetInput } from '../comparison-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import { partyOf } from './comparison-form.ts'
import type { Body, DeskAction } from './desk-action.ts'
import { cellsIn } from './pasted-rows.ts'

/** A unit of a national standard in a cell: `{qualification} | {edition} | {unit}`. */
function acceptedIn(text: string): { qualification: string; edition: string; unit: string } {
  const [qualification = '', edition = '', unit = ''] = text.split('|').map((part) => part.trim())
  return { qualification, edition, unit }
}

/** The form has the members of the set under `set`, as the change has. The body of the API has them at its top. */
const inSet = (pointer: string): string => (/^\/(?:name|units)\b/.test(pointer) ? `/set${pointer}` : pointer)

/** An agreed set, one row a unit, as officers paste it from a spreadsheet. */
export const skillSetActions = {
  'propose-skill-set': {
    group: 'comparisons',
    fields: ['setId', 'setVersion', 'set.name', 'set.units', 'parties?', 'effectiveFrom?'],
    pointers: inSet,
    make: ({ authority }, { setId, setVersion, set, parties = [], effectiveFrom }, chance, { here }) => {
      const { name, units = [] } = (set ?? {}) as Body
      const input = parseInput(skillSetInput, {
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
