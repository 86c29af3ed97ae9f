import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { propertiesOf, type Statement, synthesise } from './synthesise.ts'

interface Trail {
  TrailName: string
  S3BucketName: unknown
  AdvancedEventSelectors: { Name: string; FieldSelectors: ({ Field: string } & Record<string, unknown>)[] }[]
}
interface Bucket {
  ObjectLockEnabled: boolean
  ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: string; Days: number } } }
}

/** Tests of the trail of the account. */
export function describeTrail(production: { trail: Template }): void {
  const trailOf = (template: Template) => propertiesOf<Trail>(template, 'AWS::CloudTrail::Trail')[0]?.[1]

  describe('the trail', () => {
    test('has every use of a key, every write to both tables, and reads of them by others than functions', () => {
      const selectors = trailOf(production.trail)?.AdvancedEventSelectors ?? []
      const fieldsOf = (name: string) =>
        Object.fromEntries(
          (selectors.find(({ Name }) => Name === name)?.FieldSelectors ?? []).map(({ Field, ...how }) => [Field, how]),
        )
      expect(selectors.map(({ Name }) => Name)).toEqual(['Management', 'WritesToTables', 'ReadsOfTablesByOthers'])
      // Without a further field, so that KMS is not left out.
      expect(fieldsOf('Management')).toEqual({ eventCategory: { Equals: ['Management'] } })
      for (const [name, readOnly] of [
        ['WritesToTables', 'false'],
        ['ReadsOfTablesByOthers', 'true'],
      ] as const) {
        const fields = fieldsOf(name)
        expect(fields).toMatchObject({
          eventCategory: { Equals: ['Data'] },
          'resources.type': { Equals: ['AWS::DynamoDB::Table'] },
          readOnly: { Equals: [readOnly] },
        })
        expect(JSON.stringify(fields['resources.ARN'])).toMatch(/Commits.*Boxes/)
      }
      expect(fieldsOf('WritesToTables')).not.toHaveProperty('userIdentity.arn')
      expect(JSON.stringify(fieldsOf('ReadsOfTablesByOthers')['userIdentity.arn'])).toMatch(
        /NotStartsWith.*assumed-role\/SijilApi-/,
      )
    })

    test('is signed, is of all regions, and logs', () => {
      expect(trailOf(production.trail)).toMatchObject({
        EnableLogFileValidation: true,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        IsLogging: true,
      })
    })

    test('lies in a bucket whose files nobody can delete for 400 days, and to which only this trail writes', () => {
      const [bucket] = propertiesOf<Bucket>(production.trail, 'AWS::S3::Bucket')
      expect(bucket?.[1].ObjectLockEnabled).toBe(true)
      expect(bucket?.[1].ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: 'COMPLIANCE', Days: 400 })
      const [policy] = propertiesOf<{ PolicyDocument: { Statement: Statement[] } }>(
        production.trail,
        'AWS::S3::BucketPolicy',
      )
      const allowed = policy?.[1].PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow') ?? []
      expect(allowed).toHaveLength(2)
      for (const { Principal, Condition } of allowed) {
        expect(Principal).toEqual({ Service: 'cloudtrail.amazonaws.com' })
        expect(JSON.stringify(Condition?.StringEquals?.['aws:SourceArn'])).toContain(':trail/sijil-registry-example')
      }
    })

    test('lies in the bucket of another account, if one is given, and then makes none', () => {
      const { trail, findings } = synthesise({ trailBucket: 'logs-of-another-account' })
      expect(findings).toEqual([])
      expect(trailOf(trail)?.S3BucketName).toBe('logs-of-another-account')
      trail.resourceCountIs('AWS::S3::Bucket', 0)
    })
  })
}
