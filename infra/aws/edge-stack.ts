import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { Certificate, CertificateValidation, KeyAlgorithm } from 'aws-cdk-lib/aws-certificatemanager'
import type { Construct } from 'constructs'
import { Firewall } from './firewall.ts'

/** The parts that CloudFront only accepts from us-east-1, in whichever region the registry runs. */
export class EdgeStack extends Stack {
  readonly certificate: Certificate
  readonly firewallArn: string

  constructor(scope: Construct, id: string, { baseUrl, ...props }: StackProps & { baseUrl: string }) {
    super(scope, id, props)
    // The deployment waits until the owner of the domain has added the DNS record that ACM requires (docs/runbook.md).
    this.certificate = new Certificate(this, 'Certificate', {
      domainName: new URL(baseUrl).hostname,
      validation: CertificateValidation.fromDns(),
      keyAlgorithm: KeyAlgorithm.EC_PRIME256V1,
    })
    this.certificate.applyRemovalPolicy(RemovalPolicy.RETAIN)
    this.firewallArn = new Firewall(this, 'Firewall', { baseUrl }).attrArn
  }
}
