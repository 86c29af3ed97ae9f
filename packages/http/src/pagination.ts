import { createHash } from 'node:crypto'
import { EdgeError } from './edge-error.ts'

/** The question to which a page token belongs: a list that the caller may read, and its filters. */
export interface ListQuestion {
  /** The key of the index of the owner. It is made from the membership of the caller, and never from the token. */
  index: string
  /** Filters of the question, the same for each page. */
  filters?: Readonly<Record<string, string>>
}

const MOST_PER_PAGE = 100
const USUAL_PER_PAGE = 50
const TOKEN = /^([A-Za-z0-9_-]{1,2048})\.([A-Za-z0-9_-]{22})$/

/*
 * A page token needs no secret, because it grants nothing (R020). The caller alone determines which list is read. The token only
 * says where to continue in that list, and a store refuses a position outside it. The digest covers list and filters, so a token
 * that was edited, invented, or taken from another body or another question gets a 400. An attacker who recomputes the digest from
 * this source only gains a place in a list that they may read from its beginning.
 */
function digest(position: string, { index, filters = {} }: ListQuestion): string {
  const question = Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1))
  const bound = JSON.stringify(['page', index, question, position])
  return createHash('sha256').update(bound).digest().subarray(0, 16).toString('base64url')
}

/** Makes the token of the next page. `position` is the `next` of the previous page, as the store gave it. */
export const createPageToken = (position: string, question: ListQuestion): string =>
  `${Buffer.from(position).toString('base64url')}.${digest(position, question)}`

/** The position in a token. Throws `malformed-request` (400) for a token that was not made for this question. */
export function readPageToken(token: string, question: ListQuestion, name: 'page' | 'letters' = 'page'): string {
  const [, encoded = '', mark] = TOKEN.exec(token) ?? []
  const position = Buffer.from(encoded, 'base64url').toString()
  // The position is encoded again and compared, because several texts decode to the same bytes.
  if (mark !== digest(position, question) || createPageToken(position, question) !== token) throw refused(`/${name}`)
  return position
}

/**
 * Parses `?limit=` (1 to 100, default 50) and `?page=` of a list. `name`: the parameter of a second list in the same answer. Throws
 * `malformed-request` (400).
 */
export function readPage(
  query: Readonly<Record<string, string>>,
  question: ListQuestion,
  name: 'page' | 'letters' = 'page',
): { limit: number; after?: string } {
  const limit =
    query.limit === undefined ? USUAL_PER_PAGE : /^[1-9]\d{0,2}$/.test(query.limit) ? Number(query.limit) : 0
  if (limit < 1 || limit > MOST_PER_PAGE) throw refused('/limit')
  const token = query[name]
  return token === undefined ? { limit } : { limit, after: readPageToken(token, question, name) }
}

const faults = {
  '/page': 'must be the "next" of an answer to the same question',
  '/letters': 'must be the "nextLetters" of an answer to the same question',
  '/limit': `must be a number from 1 to ${MOST_PER_PAGE}`,
}
const refused = (pointer: keyof typeof faults) =>
  new EdgeError('malformed-request', 'The parameters do not have the expected form.', {
    faults: [{ pointer, detail: faults[pointer] }],
  })
