/** Zod gives `undefined` for an absent optional member. Here the member itself is absent, as our types require. */
export type Strict<T> = T extends readonly (infer Item)[]
  ? Strict<Item>[]
  : T extends object
    ? { [K in keyof T]: Strict<Exclude<T[K], undefined>> }
    : T

export const strict = <T>(value: T): Strict<T> => JSON.parse(JSON.stringify(value))
