import { type Framework, referenceFramework } from './framework.ts'

export interface SideBySide {
  /** One row for each AQRF level, the highest first, with the levels of each framework there: often one, sometimes none. */
  rows: readonly { aqrf: number; one: readonly number[]; other: readonly number[] }[]
  /** The levels of each framework whose AQRF level we do not know. They are in no row. */
  unknown: { one: readonly number[]; other: readonly number[] }
}

const isTable = ({ referencing, table }: Framework) => referencing.status === 'endorsed' && table !== undefined

/** Levels that are comparable through the AQRF, never the nearest ones. `undefined` unless both referencings were endorsed. */
export function levelsSideBySide(one: Framework, other: Framework): SideBySide | undefined {
  if (!isTable(one) || !isTable(other)) return undefined
  const at = ({ table }: Framework, level: number | null) =>
    (table?.rows ?? []).filter(({ aqrf }) => aqrf === level).map(({ national }) => national)
  const rows = Array.from({ length: referenceFramework.levels }, (_, index) => {
    const aqrf = referenceFramework.levels - index
    return { aqrf, one: at(one, aqrf), other: at(other, aqrf) }
  })
  return { rows, unknown: { one: at(one, null), other: at(other, null) } }
}
