/** Replaces the HTTP client of a dependency in bundles. Contexts are pinned, and nothing is fetched (I4, I41). */
const refuse = (): never => {
  throw new Error('no network client in this function')
}

export const httpClient = Object.assign(refuse, { get: refuse, post: refuse, create: refuse, extend: refuse })
