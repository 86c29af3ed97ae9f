import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'

interface SecretProps {
  description: string
  /** Patterns of the ARNs of the roles that may read it. */
  readers: readonly string[]
}

/** A secret that Secrets Manager makes. It refuses every reader but these roles, whatever rights others have. */
export function createSecret(scope: Construct, id: string, { description, readers }: SecretProps): Secret {
  const secret = new Secret(scope, id, {
    description,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
  })
  secret.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OnlyItsReaders',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['secretsmanager:GetSecretValue'],
      resources: ['*'], // only this secret
      conditions: { ArnNotLike: { 'aws:PrincipalArn': readers } },
    }),
  )
  acknowledge(
    secret,
    'SMG4',
    'A deployment replaces it (docs/runbook.md). A timer would change it for functions that start later, and not for those that run.',
  )
  return secret
}

/** The right to read these secrets, and no other. */
export const readSecrets = (...arns: string[]): PolicyStatement =>
  new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: arns })
