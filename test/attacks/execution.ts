import type { Verification } from '@sijil/registry/verification'
import type { Answer } from '../support/local-registry.ts'
import type { Stand } from './stand.ts'

/** What came back, in the words of the catalogue. */
export interface Heard {
  status: number
  verdict?: string
  types: string[]
  /** The whole answer. */
  text: string
}

export interface Execution {
  /** Does what the catalogue says and hands back every answer; what the catalogue says beside status, verdict and type it expects itself. */
  carryOut(stand: Stand): Promise<Heard[]>
  /** Why nothing of it, or not the whole, can be done from outside; and where else the same is shown. */
  inside?: string
  /** Where the design decides otherwise than the catalogue: why, and what is right instead. A `null` is not expected at all. */
  differs?: { because: string; status?: number | null; verdict?: string | null; type?: string | null }
}

export type Executions = Readonly<Record<string, Execution>>

interface Body {
  verdict?: string
  type?: string
  problemDetails?: { type: string }[]
}

export function heard({ status, text, headers }: Pick<Answer, 'status' | 'text' | 'headers'>): Heard {
  const isJson = headers.get('content-type')?.includes('json') ?? false
  const { verdict, type, problemDetails = [] }: Body = isJson ? JSON.parse(text) : {}
  return {
    status,
    ...(verdict && { verdict }),
    types: [...(typeof type === 'string' ? [type] : []), ...problemDetails.map((problem) => problem.type)],
    text,
  }
}

export const hear = async (answers: Iterable<Answer | Promise<Answer>>): Promise<Heard[]> =>
  (await Promise.all(answers)).map(heard)

/** The answers of several documents, one after another. */
export async function verifyAll(stand: Stand, documents: readonly unknown[]): Promise<Heard[]> {
  const all: Heard[] = []
  for (const document of documents) all.push(heard(await stand.verify(document)))
  return all
}

export const outcomeOf = ({ text }: Heard, check: string): string | undefined =>
  (JSON.parse(text) as Pick<Verification, 'checks'>).checks.find(({ name }) => name === check)?.outcome
