/** The words in which the tables of shapes are written. `shape-check.ts` reads them. */

export type TextKind =
  | 'text'
  | 'url'
  | 'id'
  | 'did'
  | 'uuid'
  | 'instant'
  | 'midnight'
  | 'day'
  | 'language'
  | 'index'
  | 'encoded'
  | 'digest'
  | 'schema-2'

export type Kind =
  | { is: 'constant'; value: string | boolean | readonly string[] }
  | { is: 'one-of'; values: readonly string[] }
  | { is: TextKind }
  /** The document's own id, `#` and this name. `{n}` is the place in the list: the number is in the id because the order is not signed. */
  | { is: 'own'; name: string }
  | { is: 'node'; shape: Shape }
  | { is: 'nodes'; slots: readonly Slot[]; numbered: boolean }

/** Consecutive items of one shape in a list. Slots are in this order, so that every list has only one possible order. */
export interface Slot {
  shape: Shape
  min: number
  max: number
}

export type Member = Kind & { optional?: true }

export interface Shape {
  name: string
  members: Readonly<Record<string, Member>>
  /** The member whose value decides which slot an item belongs to. */
  discriminator?: string
  /** If such a node has no name, it refers to a node that is described in another place. */
  mayMention?: true
}

export const constant = (value: string | boolean | readonly string[]) => ({ is: 'constant', value }) as const
export const oneOf = (...values: string[]) => ({ is: 'one-of', values }) as const
export const own = (name: string) => ({ is: 'own', name }) as const
export const node = (shape: Shape) => ({ is: 'node', shape }) as const
export const nodes = (...slots: Slot[]) => ({ is: 'nodes', slots, numbered: false }) as const
export const numbered = (...slots: Slot[]) => ({ is: 'nodes', slots, numbered: true }) as const
export const one = (shape: Shape): Slot => ({ shape, min: 1, max: 1 })
export const perhaps = (shape: Shape): Slot => ({ shape, min: 0, max: 1 })
export const some = (shape: Shape, max: number): Slot => ({ shape, min: 0, max })
export const optional = <K extends Kind>(kind: K) => ({ ...kind, optional: true }) as const

export const text = { is: 'text' } as const
export const url = { is: 'url' } as const
export const id = { is: 'id' } as const
export const uuid = { is: 'uuid' } as const
export const instant = { is: 'instant' } as const
export const language = { is: 'language' } as const
