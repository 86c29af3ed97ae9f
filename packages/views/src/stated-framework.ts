import { type FrameworkHistory, frameworkAt, frameworkOf, frameworkStatedAt } from '@sijil/registry/catalogue'
import type { StatedFrameworkValues, StatementOfFramework } from '@sijil/web'
import type { View, ViewDeps } from './view.ts'

interface Moments {
  /** RFC 3339 UTC, as `recorded`. */
  effective: string
  recorded: string
}

/** The record of a framework that an authority stated, with every statement about it. Undefined: nobody stated such a framework. */
export async function statedFrameworkView(
  id: string,
  moments: Moments,
  { reader }: Pick<ViewDeps, 'reader'>,
): Promise<View<object, StatedFrameworkValues> | undefined> {
  const history = await frameworkOf(id, reader)
  const framework = frameworkAt(history, moments)
  if (framework === undefined) return undefined
  const { table } = frameworkStatedAt(history, moments)
  const statements = statementsOf(history, moments.recorded)
  return {
    json: { ...framework, statements },
    values: () => ({ framework, statements, hasTable: table !== undefined }),
  }
}

const kinds = {
  'framework-stated': 'framework',
  'referencing-stated': 'referencing',
  'levels-confirmed': 'levels',
  assigned: 'assigned',
} as const

/** Every statement that was recorded by then, newest first. Also those that count from a later day on. */
const statementsOf = ({ commits }: FrameworkHistory, recorded: string): StatementOfFramework[] =>
  commits
    .filter(({ recordedAt }) => recordedAt <= recorded)
    .flatMap(({ events, recordedAt, effectiveAt }) =>
      events.flatMap((event) =>
        event.type === 'baseline-stated'
          ? []
          : {
              of: kinds[event.type],
              statedBy: event.statedBy,
              recordedOn: recordedAt.slice(0, 10),
              effectiveOn: effectiveAt.slice(0, 10),
            },
      ),
    )
    .toReversed()
