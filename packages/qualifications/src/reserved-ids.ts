import { states } from './framework.ts'

const prefixes = [...states.map(({ iso2 }) => iso2.toLowerCase()), 'asean'].join('|')
const RESERVED = new RegExp(`^(?:(?:${prefixes})-[a-z0-9]+(?:-[a-z0-9]+)*|good-standing)$`)

/**
 * Ids that only records of the baseline have: they begin with the code of a state, as `ph-masonry-nc2`, or with `asean`. Another
 * qualification is named after its owner. So a later version of the baseline never takes the id of an owner's record.
 */
export const isReservedId = (id: string): boolean => id.length <= 64 && RESERVED.test(id)
