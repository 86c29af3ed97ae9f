/** An absent member is absent, not `undefined`: what zod leaves out of an optional becomes what our types promise. */
export type Strict<T> = T extends readonly (infer Item)[]
  ? Strict<Item>[]
  : T extends object
    ? { [K in keyof T]: Strict<Exclude<T[K], undefined>> }
    : T

export const strict = <T>(value: T): Strict<T> => JSON.parse(JSON.stringify(value))
