import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { functionNames, grants } from '../../functions/routes.ts'
import { erasures, removals } from '../../infra/aws/data-stack.ts'
import { actionsOf, constructName, propertiesOf, type Statement, statementsOf } from './synthesise.ts'

const everyFunction = [...functionNames, 'sweep', 'erase', 'sequence', 'deliver', 'audit', 'originCheck'] as const
type EveryFunction = (typeof everyFunction)[number]

const own = ['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments']
const readsCommits = ['Commits dynamodb:GetItem', 'Commits dynamodb:Query']
const writesCommits = ['Commits dynamodb:PutItem']
const readsBoxes = ['Boxes dynamodb:GetItem']
/** Files are named by their kind, which is the first part of their name. */
const readsFiles = (kind: string) => [`Artefacts/${kind} s3:GetObject`]
const writesFiles = (kind: string) => [`Artefacts/${kind} s3:PutObject`]
const readsUploads = ['Uploads/uploads s3:GetObject']
const writesUploads = ['Uploads/uploads s3:PutObject']
const sendsRanges = ['Ranges sqs:SendMessage']
const sendsDeliveries = ['Deliveries sqs:SendMessage']
const sendsFiles = ['Files sqs:SendMessage']
const receivesFiles = ['Uploads/incoming s3:GetObject', 'Uploads/incoming s3:PutObject']
/** Lambda reads a queue with the role of the function. */
const receives = (queue: string) =>
  ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'].map(
    (action) => `${queue} sqs:${action}`,
  )
const signs = ['key/* kms:ListResourceTags', 'key/* kms:Sign']
/** Lambda sends a failed run there with the role of the function. */
const reportsFailure = ['FailedRuns sqs:SendMessage']
const opensSecrets = ['SecretsKey kms:Decrypt']
const makesKeys = [
  '* kms:CreateKey',
  '* kms:ListKeys',
  '* kms:TagResource',
  'key/* kms:DescribeKey',
  'key/* kms:GetPublicKey',
  'key/* kms:ListResourceTags',
]

// biome-ignore format: it reads as a table
/** Written by hand, so that a change of the table of grants, or of the meaning of a word, fails here. */
const expected: Record<EveryFunction, string[]> = {
  verify:      [...readsCommits, ...readsBoxes],
  pages:       [...readsCommits, ...readsBoxes],
  issue:       [...readsUploads, ...sendsRanges, ...receives('Ranges'), ...readsCommits, ...writesCommits, ...readsBoxes, 'Boxes dynamodb:PutItem', ...signs, ...opensSecrets, 'SecretsKey kms:Encrypt'],
  batches:     [...readsCommits, ...writesCommits, ...readsUploads, ...writesUploads, ...receivesFiles, ...sendsRanges, ...sendsFiles, 'Uploads/results s3:GetObject', ...opensSecrets, 'SessionSecret1 secretsmanager:GetSecretValue'],
  status:      [...readsCommits, ...writesCommits, 'SecretsKey kms:Encrypt'],
  records:     [...readsCommits, ...opensSecrets],
  lists:       [...readsCommits, ...writesCommits, ...readsFiles('lists'), ...writesFiles('lists'), ...signs],
  decisions:   [...readsCommits, ...writesCommits, ...writesFiles('logos'), ...makesKeys, 'SecretsKey kms:Encrypt', 'SecretsKey kms:GenerateDataKeyWithoutPlaintext'],
  // It opens links that officers of a host bring, and puts what they decide beside the box. No body lends it a key.
  recognise:   [...readsCommits, ...writesCommits, ...readsBoxes, 'Boxes dynamodb:PutItem', ...signs, ...opensSecrets, 'SecretsKey kms:Encrypt', 'SessionSecret1 secretsmanager:GetSecretValue'],
  // As decisions, because the desk has the same verbs, those of reports, and the two secrets of the sign-in.
  desk:        [...readsCommits, ...writesCommits, ...readsFiles('logos'), ...writesFiles('logos'), ...makesKeys, 'SecretsKey kms:Encrypt', 'SecretsKey kms:GenerateDataKeyWithoutPlaintext', ...opensSecrets, 'sijil/sign-in,SessionSecret1 secretsmanager:GetSecretValue'],
  // As status and records, with the secret of the sessions, and boxes, whose openings it records.
  office:      [...readsCommits, ...writesCommits, ...readsBoxes, ...opensSecrets, 'SecretsKey kms:Encrypt', 'SessionSecret1 secretsmanager:GetSecretValue'],
  trust:       [...readsCommits],
  log:         [...readsCommits, ...writesCommits, ...readsFiles('bundles'), ...readsFiles('tiles'), ...readsFiles('records')],
  federation:  [...readsCommits, ...signs],
  reports:     [...readsCommits, ...readsBoxes, ...writesCommits, 'SecretsKey kms:Encrypt'],
  // Opens links for bodies, and records each opening and print. It reads logos and opens names of signatories, and makes files of issued batches.
  paper:       [...readsCommits, ...writesCommits, ...readsBoxes, ...readsFiles('logos'), ...opensSecrets, ...readsUploads, ...writesUploads, 'Uploads/results s3:PutObject', ...sendsFiles, ...receives('Files')],
  sequence:    [...readsCommits, ...writesCommits, ...readsFiles('bundles'), ...writesFiles('bundles'), ...readsFiles('tiles'), ...writesFiles('tiles'), ...writesFiles('records'), ...signs, ...makesKeys, ...reportsFailure],
  sweep:       [...readsCommits, ...writesCommits, ...sendsRanges, ...sendsFiles, ...reportsFailure],
  // It deletes boxes and cannot read one.
  erase:       [...readsCommits, ...writesCommits, 'Boxes dynamodb:DeleteItem', ...opensSecrets, ...reportsFailure],
  // It opens the secrets of webhooks alone, and reads no box.
  deliver:     [...readsCommits, ...writesCommits, ...sendsDeliveries, ...receives('Deliveries'), ...opensSecrets, ...reportsFailure],
  audit:       [...readsCommits, ...readsFiles('tiles'), ...readsFiles('records'), ...reportsFailure],
  originCheck: ['OriginSecret1 secretsmanager:GetSecretValue'],
}

/** Streams of the brake: certificates that went out of force, and actions that wait for a second person. */
const brakes = /^STREAM#(\*\/(brake|pending\/\*|asked-by\/\*)|registry\/brake:\*)$/
const certificates =
  /^(STREAM#\*\/(certificate\/\*|number\/\*|interruptions|lists|list\/\*)|POOL#\*(\/superseded\/\*)?)$/
const reports = /^STREAM#\*\/report\/\*$/
/** How far ended links were read, and what is found where their boxes were. */
const endedLinks = /^STREAM#registry\/(erasure|ended-link:\*)$/
/** Events for systems of bodies. */
const deliveries = /^STREAM#(\*\/deliveries\/\*|registry\/deliveries)$/
/** Decisions about single certificates. */
const singles = /^STREAM#\*\/single\/\*$/
/** Certificates of good standing at the authority that they are for. */
const letters = 'STREAM#*/letter/*'
const sendsLetters: readonly string[] = ['issue', 'recognise']
const sweepCursor = 'STREAM#registry/sweep'
/** Who opened the details of which holder. */
const openings = 'STREAM#registry/openings:*'
/** Prints of certificates, which are no part of their state. */
const prints = 'STREAM#*/certificate/*/prints'
/** Batches and their rows. */
const batches = /^STREAM#\*\/(?:batch\/\*|batch-columns|batch-starts)$/
const takesBatches: readonly string[] = ['issue', 'batches', 'sweep']
/** Files of issued batches: who asked for them, and what is made. */
const batchFiles = 'STREAM#*/batch-files/*'
const makesFiles: readonly string[] = ['batches', 'paper']
/** Streams of trust, of the logs, and all others. No function may write two of the three kinds. */
const mayWrite = (name: EveryFunction): RegExp =>
  name === 'reports'
    ? reports
    : name === 'decisions' || name === 'desk'
      ? /^STREAM#(\*\/(trust|proposal\/\*|members|own\/\*|secret)|registry\/(foreign\*|unilateral:\*|names:\*|(?:qualification|framework|recognition|joint):\*))$/
      : name === 'sequence'
        ? /^STREAM#log\/\*$/
        : name === 'log'
          ? /^STREAM#log\/\*\/cosigned\/\*$/
          : name === 'erase'
            ? endedLinks
            : name === 'deliver'
              ? deliveries
              : name === 'recognise'
                ? singles
                : certificates

/** Tests of the rights of functions. */
export function describeGrants(production: { data: Template; api: Template }): void {
  const allowed = (name: EveryFunction) => statementsOf(production.api, constructName(name))

  describe('grants', () => {
    test.each(everyFunction)('%s has the rights of its words, and no others', (name) => {
      const rights = allowed(name).filter(({ Effect }) => Effect === 'Allow')
      const beyondItsLog = rights.flatMap(named).filter((right) => !own.includes(right.split(' ').at(-1) ?? ''))
      expect([...new Set(beyondItsLog)].sort()).toEqual([...new Set(expected[name])].sort())
    })

    test('I35: each function has a role at a path of its own, which the policies of keys and tables name', () => {
      for (const name of everyFunction) {
        const roles = propertiesOf<{ Path: string }>(production.api, 'AWS::IAM::Role').filter(
          ([, { Path }]) => Path === `/sijil/ap-southeast-1/functions/${name}/`,
        )
        expect(roles).toMatchObject([[expect.stringMatching(`^${constructName(name)}Role`), {}]])
      }
    })

    test('a body that lends a key finds the path of the role to which it lends it among the outputs', () => {
      const { SignsCertificates, SignsLists } = production.api.toJSON().Outputs
      expect(JSON.stringify(SignsCertificates)).toContain(':role/sijil/ap-southeast-1/functions/issue/*')
      expect(JSON.stringify(SignsLists)).toContain(':role/sijil/ap-southeast-1/functions/lists/*')
    })

    test('the desk has exactly the rights of decisions, those of reports, and reads the secrets of the sign-in', () => {
      const rights = (name: EveryFunction) =>
        allowed(name)
          .filter((statement) => !actionsOf(statement).every((action) => own.includes(action)))
          .map((statement) => JSON.stringify(statement))
      const more = rights('desk').filter((right) => !rights('decisions').includes(right))
      expect(more).toEqual([
        // The desk also reads logos and opens names. The template has both rights in one statement each.
        expect.stringMatching(/"s3:GetObject","s3:PutObject".*logos/),
        expect.stringMatching(/"kms:Decrypt","kms:Encrypt".*"kms:EncryptionContext:content":"signatory"/),
        expect.stringMatching(/PutItem.*STREAM#\*\/report\/\*/),
        expect.stringMatching(/kms:Decrypt.*"kms:EncryptionContext:content":"report"/),
        expect.stringMatching(/secretsmanager:GetSecretValue/),
      ])
      const narrower = /s3:PutObject.*logos|kms:Encrypt.*"signatory"/
      expect(rights('desk').filter((right) => !more.includes(right))).toEqual(
        rights('decisions').filter((right) => !narrower.test(right)),
      )
      expect(rights('desk').length).toBeGreaterThan(4)
    })

    test('office has the rights of status and of records, reads boxes, records openings, seals orders, and reads the secret of the sessions', () => {
      const rights = (name: EveryFunction) =>
        allowed(name)
          .filter((statement) => !actionsOf(statement).every((action) => own.includes(action)))
          // A statement may have rights of both.
          .flatMap((statement) => actionsOf(statement).map((Action) => JSON.stringify({ ...statement, Action })))
      const both = new Set([...rights('status'), ...rights('records')])
      const more = rights('office').filter((right) => !both.has(right))
      expect(more).toEqual([
        expect.stringMatching(/dynamodb:GetItem.*Boxes/),
        expect.stringMatching(/PutItem.*STREAM#registry\/openings:\*/),
        expect.stringMatching(/kms:Encrypt.*"kms:EncryptionContext:content":"order"/),
        expect.stringMatching(/secretsmanager:GetSecretValue.*SessionSecret/),
      ])
      expect(new Set(rights('office').filter((right) => both.has(right)))).toEqual(both)
    })

    test('a function that only reads cannot write', () => {
      const writes = /^(write|claim|publish)-/
      const readers = functionNames.filter((name) => !grants[name].some((word) => writes.test(word)))
      expect(readers).toEqual(['verify', 'pages', 'records', 'trust', 'federation'])
      for (const name of readers)
        expect(allowed(name).flatMap(actionsOf)).not.toContainEqual(
          expect.stringMatching(/Put(Item|Object)|Write|Insert/),
        )
    })

    test('I36: each function writes only its own kinds of stream, and only decisions and the desk write who is trusted and who is a member', () => {
      const patterns = everyFunction.flatMap((name) =>
        allowed(name)
          .filter((statement) => actionsOf(statement).includes('dynamodb:PutItem'))
          .filter((statement) => JSON.stringify(statement.Resource).includes('Commits'))
          .map(({ Condition }) => [name, Condition] as const),
      )
      expect(patterns.length).toBeGreaterThan(6)
      for (const [name, condition] of patterns) {
        expect(condition).toMatchObject({ Null: { 'dynamodb:LeadingKeys': 'false' } })
        const keys = [condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []].flat()
        expect(keys.length).toBeGreaterThan(0)
        for (const key of keys.filter(
          (one) =>
            !brakes.test(one) &&
            one !== sweepCursor &&
            one !== openings &&
            !(name === 'paper' && one === prints) &&
            !(takesBatches.includes(name) && batches.test(one)) &&
            !(makesFiles.includes(name) && one === batchFiles) &&
            !(sendsLetters.includes(name) && one === letters) &&
            !(name === 'desk' && reports.test(one)),
        ))
          expect([name, key]).toEqual([name, expect.stringMatching(mayWrite(name))])
      }
    })

    test('I72: only the functions that take certificates out of force write the brake', () => {
      const writers = everyFunction.filter((name) =>
        allowed(name).some(({ Condition }) => JSON.stringify(Condition ?? {}).includes('STREAM#*/brake')),
      )
      expect(writers).toEqual(['issue', 'status', 'office'])
    })

    test('I47: only the functions that open the details of a holder for a member record who did', () => {
      const writers = everyFunction.filter((name) =>
        allowed(name).some(({ Condition }) => JSON.stringify(Condition ?? {}).includes(openings)),
      )
      expect(writers).toEqual(['issue', 'office', 'paper'])
    })

    test('P010: paper writes prints, and no other part of the record of a certificate', () => {
      const written = allowed('paper')
        .filter((statement) => actionsOf(statement).includes('dynamodb:PutItem'))
        .flatMap(({ Condition }) => [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []].flat())
      expect(written.sort()).toEqual([batchFiles, prints, openings])
    })

    test('F10: issue records interruptions of issuing, and an operator ends them through sweep', () => {
      const writers = everyFunction.filter((name) =>
        allowed(name).some(({ Condition }) => JSON.stringify(Condition ?? {}).includes('STREAM#*/interruptions')),
      )
      expect(writers).toEqual(['issue', 'sweep'])
    })

    test('only the sweeper writes how far it read', () => {
      const writers = everyFunction.filter((name) =>
        allowed(name).some(({ Condition }) => JSON.stringify(Condition ?? {}).includes(sweepCursor)),
      )
      expect(writers).toEqual(['sweep'])
    })

    test('I23: one function signs for each purpose: issue certificates, lists status lists, recognise decisions, federation statements, sequence checkpoints', () => {
      const signers = everyFunction.flatMap((name) =>
        allowed(name)
          .filter((statement) => statement.Effect === 'Allow' && actionsOf(statement).includes('kms:Sign'))
          .map(({ Condition }) => [name, Condition]),
      )
      expect(signers).toEqual([
        [
          'issue',
          {
            StringEquals: {
              'aws:ResourceTag/purpose': 'certificates',
              'kms:SigningAlgorithm': ['ED25519_SHA_512', 'ECDSA_SHA_256', 'ECDSA_SHA_384'],
            },
            Null: { 'aws:ResourceTag/issuer': 'false' },
          },
        ],
        [
          'lists',
          {
            StringEquals: { 'aws:ResourceTag/purpose': 'lists', 'kms:SigningAlgorithm': ['ED25519_SHA_512'] },
            Null: { 'aws:ResourceTag/issuer': 'false' },
          },
        ],
        [
          'recognise',
          {
            StringEquals: { 'aws:ResourceTag/purpose': 'decisions', 'kms:SigningAlgorithm': ['ED25519_SHA_512'] },
            Null: { 'aws:ResourceTag/issuer': 'false' },
          },
        ],
        [
          'federation',
          {
            StringEquals: { 'aws:ResourceTag/purpose': 'statements', 'kms:SigningAlgorithm': ['ECDSA_SHA_256'] },
            Null: { 'aws:ResourceTag/issuer': 'false' },
          },
        ],
        [
          'sequence',
          {
            StringEquals: { 'aws:ResourceTag/purpose': 'checkpoints', 'kms:SigningAlgorithm': ['ED25519_SHA_512'] },
            Null: { 'aws:ResourceTag/issuer': 'false' },
          },
        ],
      ])
    })

    test('I23: decisions and the desk make keys of issuers, and sequence makes the keys of the registry for checkpoints and statements', () => {
      const makers = everyFunction.flatMap((name) =>
        allowed(name)
          .filter((statement) => actionsOf(statement).includes('kms:CreateKey'))
          .map(({ Condition }) => [name, Condition?.StringEquals]),
      )
      expect(makers).toEqual([
        ['decisions', { 'aws:RequestTag/purpose': ['certificates', 'lists', 'decisions'] }],
        ['desk', { 'aws:RequestTag/purpose': ['certificates', 'lists', 'decisions'] }],
        ['sequence', { 'aws:RequestTag/purpose': ['checkpoints'], 'aws:RequestTag/issuer': 'registry' }],
        ['sequence', { 'aws:RequestTag/purpose': ['statements'], 'aws:RequestTag/issuer': 'registry' }],
      ])
    })

    test('secrets are decrypted only for a named issuer, and every other content only by those that name it', () => {
      const uses = everyFunction.flatMap((name) =>
        allowed(name).flatMap((statement) =>
          actionsOf(statement)
            .filter((action) => /kms:(Decrypt|Encrypt)/.test(action))
            .map((action) => [name, action.slice('kms:'.length), statement.Condition]),
        ),
      )
      const forAnIssuer = { 'kms:EncryptionContext:issuer': 'false' }
      const secret = { Null: { ...forAnIssuer, 'kms:EncryptionContext:content': 'true' } }
      const content = (word: string) => ({
        Null: forAnIssuer,
        StringEquals: { 'kms:EncryptionContext:content': word },
      })
      expect(uses).toEqual([
        ['issue', 'Decrypt', secret],
        ['issue', 'Decrypt', content('order')],
        ['issue', 'Encrypt', content('decision')],
        ['batches', 'Decrypt', secret],
        ['status', 'Encrypt', content('note')],
        ['records', 'Decrypt', secret],
        ['records', 'Decrypt', content('note')],
        ['decisions', 'Encrypt', content('signatory')],
        ['decisions', 'Encrypt', content('webhook')],
        ['recognise', 'Decrypt', content('decision')],
        ['recognise', 'Encrypt', content('decision')],
        ['desk', 'Decrypt', content('signatory')],
        ['desk', 'Encrypt', content('signatory')],
        ['desk', 'Encrypt', content('webhook')],
        ['desk', 'Decrypt', content('report')],
        ['office', 'Decrypt', content('note')],
        ['office', 'Encrypt', content('note')],
        ['office', 'Decrypt', secret],
        ['office', 'Encrypt', content('order')],
        ['reports', 'Encrypt', content('report')],
        ['paper', 'Decrypt', content('signatory')],
        ['paper', 'Decrypt', content('order')],
        ['paper', 'Decrypt', secret],
        ['erase', 'Decrypt', secret],
        ['deliver', 'Decrypt', content('webhook')],
      ])
    })

    test('A005: no function may write a file except under the name of its kind, or change the bucket', () => {
      for (const name of everyFunction) {
        const ofBuckets = allowed(name).filter((statement) => actionsOf(statement).some((one) => one.startsWith('s3:')))
        for (const statement of ofBuckets) {
          expect(['s3:GetObject', 's3:PutObject']).toEqual(expect.arrayContaining(actionsOf(statement)))
          for (const resource of [statement.Resource].flat())
            expect(JSON.stringify(resource)).toMatch(
              /(?:Artefacts[^"]*"\},"\/(bundles|lists|tiles|records|logos)|Uploads[^"]*"\},"\/(uploads|results|incoming))\/\*"/,
            )
        }
      }
    })

    test('I35, I63: no function may delete or change a written item, except that one deletes boxes', () => {
      const deletes = allowed('erase').filter((statement) => actionsOf(statement).includes('dynamodb:DeleteItem'))
      expect(deletes).toEqual([expect.objectContaining({ Effect: 'Allow', Action: 'dynamodb:DeleteItem' })])
      expect(deletes.flatMap(named)).toEqual(['Boxes dynamodb:DeleteItem'])
      for (const name of everyFunction) {
        const actions = allowed(name)
          .filter((statement) => !deletes.includes(statement))
          .flatMap(actionsOf)
        expect(
          actions.filter(
            (action) =>
              [...erasures, ...removals].includes(action) ||
              // A message that was answered leaves the queue.
              (/\*|Delete|Update|Batch/.test(action) && action !== 'sqs:DeleteMessage'),
          ),
        ).toEqual([])
      }
    })

    test('I35: the table of commits refuses deletions and changes to everybody, even if a role allows them', () => {
      const [commits] = propertiesOf<Table>(production.data, 'AWS::DynamoDB::GlobalTable').filter(([id]) =>
        id.startsWith('Commits'),
      )
      expect(commits?.[1].Replicas[0]?.ResourcePolicy?.PolicyDocument.Statement[0]).toEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Resource: '*',
          Action: expect.arrayContaining([
            'dynamodb:DeleteItem',
            'dynamodb:UpdateItem',
            'dynamodb:BatchWriteItem',
            'dynamodb:PartiQLDelete',
            'dynamodb:PartiQLUpdate',
          ]),
        }),
      )
      expect(commits?.[1].Replicas[0]?.ResourcePolicy?.PolicyDocument.Statement[0]).not.toHaveProperty('Condition')
    })

    test('X001: only this API and a schedule may call a function', () => {
      for (const [, { Principal, SourceArn, Action }] of propertiesOf<Permission>(
        production.api,
        'AWS::Lambda::Permission',
      )) {
        expect(Action).toBe('lambda:InvokeFunction')
        expect(['apigateway.amazonaws.com', 'events.amazonaws.com']).toContain(Principal)
        expect(JSON.stringify(SourceArn)).toMatch(/"Ref":"GatewayDocument|"Every(FiveMinutes|Minute|Hour)/)
      }
    })
  })
}

interface Permission {
  Action: string
  Principal: string
  SourceArn: unknown
}
interface Table {
  Replicas: { ResourcePolicy?: { PolicyDocument: { Statement: Statement[] } } }[]
}

/** Each action with its resource, such as `Commits dynamodb:GetItem`. */
function named(statement: Statement): string[] {
  const text = JSON.stringify(statement.Resource)
  // CDK joins statements that differ only in their resources.
  const files = [...text.matchAll(/(Artefacts|Uploads)[^"]*"\},"\/(\w+)\/\*"/g)]
  if (files.length > 0)
    return files.flatMap(([, bucket, kind]) => actionsOf(statement).map((one) => `${bucket}/${kind} ${one}`))
  const queues = [...text.matchAll(/"(FailedRuns|Ranges|Files|Deliveries)\w*"/g)]
  if (queues.length > 0) return queues.flatMap(([, queue]) => actionsOf(statement).map((one) => `${queue} ${one}`))
  const [thing] = /key\/\*|(?<=FnGetAtt)(Commits|Boxes|SecretsKey)/.exec(text) ?? [
    text.match(/(Origin|Session)Secret\d|sijil\/sign-in(?=-\?{6}")/g)?.join() ?? text.replaceAll('"', ''),
  ]
  return actionsOf(statement).map((action) => `${thing} ${action}`)
}
