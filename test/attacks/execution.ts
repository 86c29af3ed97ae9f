import type { Verification } from '@sijil/registry/verification'
import type { Answer } from '../support/local-registry.ts'
import type { Stand } from './stand.ts'

/** An answer, in the terms of the catalogue. */
export interface Heard {
  status: number
  verdict?: string
  types: string[]
  /** The whole answer. */
  text: string
}

export interface Execution {
  /** Carries out the attack and returns every answer. It checks by itself what the catalogue expects apart from status, verdict and type. */
  carryOut(stand: Stand): Promise<Heard[]>
  /** Why the attack cannot be carried out completely from outside, and which other test shows it. */
  inside?: string
  /** `npm test` carries out a sample, and `npm run check:whole` the whole attack. */
  isSampled?: true
  /** A difference between the design and the catalogue: the reason, and the right result. A member that is `null` is not checked. */
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

/** Verifies several documents one after another, and returns the answers. */
export async function verifyAll(stand: Stand, documents: readonly unknown[]): Promise<Heard[]> {
  const all: Heard[] = []
  for (const document of documents) all.push(heard(await stand.verify(document)))
  return all
}

export const outcomeOf = ({ text }: Heard, check: string): string | undefined =>
  (JSON.parse(text) as Pick<Verification, 'checks'>).checks.find(({ name }) => name === check)?.outcome
