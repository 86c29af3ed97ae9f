import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { propertiesOf, type Statement } from './synthesise.ts'

/** Tests of what reaches the topic of the alarms. */
export function describeNotices(production: { alarms: Template }): void {
  const allowed = propertiesOf<{ PolicyDocument: { Statement: Statement[] } }>(
    production.alarms,
    'AWS::SNS::TopicPolicy',
  ).flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow'))
  const publishing = (service: string) =>
    allowed.filter(({ Principal }) => (Principal as { Service?: string }).Service === service)

  describe('the topic of the alarms', () => {
    test('A017: lets alarms of this account publish, because its policy takes the place of the default one', () => {
      const [statement, ...others] = publishing('cloudwatch.amazonaws.com')
      expect(others).toEqual([])
      expect(statement?.Action).toBe('sns:Publish')
      expect(JSON.stringify(statement?.Resource)).toContain('"Ref":"Alarmed')
      expect(JSON.stringify(statement?.Condition)).toMatch(/ArnLike.*aws:SourceArn.*AWS::AccountId.*:alarm:\*/)
    })

    test('lets nothing publish without naming its source', () => {
      expect(allowed.length).toBeGreaterThan(0)
      for (const { Principal, Condition } of allowed)
        expect([Principal, JSON.stringify(Condition)]).toEqual([
          { Service: expect.stringMatching(/amazonaws\.com$/) },
          expect.stringContaining('aws:SourceArn'),
        ])
    })
  })
}
