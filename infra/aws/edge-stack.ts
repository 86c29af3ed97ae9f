import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { Certificate, CertificateValidation, KeyAlgorithm } from 'aws-cdk-lib/aws-certificatemanager'
import type { Construct } from 'constructs'
import { Firewall } from './firewall.ts'

/** What CloudFront takes from us-east-1 alone, wherever the registry runs. */
export class EdgeStack extends Stack {
  readonly certificate: Certificate
  readonly firewallArn: string

  constructor(scope: Construct, id: string, { baseUrl, ...props }: StackProps & { baseUrl: string }) {
    super(scope, id, props)
    // The deployment waits until whoever holds the domain has added the record that ACM asks for (docs/runbook.md).
    this.certificate = new Certificate(this, 'Certificate', {
      domainName: new URL(baseUrl).hostname,
      validation: CertificateValidation.fromDns(),
      keyAlgorithm: KeyAlgorithm.EC_PRIME256V1,
    })
    this.certificate.applyRemovalPolicy(RemovalPolicy.RETAIN)
    this.firewallArn = new Firewall(this, 'Firewall', { baseUrl }).attrArn
  }
}
