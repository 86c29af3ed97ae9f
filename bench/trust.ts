import { GROWTH, type TrustRates } from './results.ts'
import { measure, type Pace, spreadOf, type Times } from './rounds.ts'
import { grownName, openGrowth, openTrustSubjects } from './subjects/trust.ts'

/** Measures questions about trust, for one chain and for a growing registry. */
export async function measureTrust(pace: Pace): Promise<{ times: Times; rates: TrustRates }> {
  const chain = await openTrustSubjects()
  const asked = await measure(chain.subjects, pace)
  await chain.close()
  const grown = await measure((await openGrowth(GROWTH)).subjects, pace)
  const times: Times = new Map([...asked, ...grown])
  const perSecond = (name: string) => 1_000_000 / spreadOf(times.get(name) ?? []).median
  return {
    times,
    rates: {
      questionsPerSecond: perSecond('trust question'),
      questionsPerSecondUncached: perSecond('trust question, nothing remembered'),
      trqpOverHttpPerSecond: perSecond('TRQP over HTTP'),
      growth: Object.fromEntries(
        GROWTH.map((issuers) => [issuers, perSecond(grownName(issuers))]),
      ) as TrustRates['growth'],
    },
  }
}
