import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { EdgeStack } from '../../infra/aws/edge-stack.ts'
import { propertiesOf } from './synthesise.ts'
import type { WebAcl } from './web-acl.ts'

export const baseUrl = 'https://registry.example'

/** The web ACL of the template for CloudFormation. */
export function theWebAcl(): WebAcl {
  const stack = new EdgeStack(new App(), 'Edge', { env: { region: 'us-east-1' }, baseUrl })
  const [found] = propertiesOf<WebAcl>(Template.fromStack(stack), 'AWS::WAFv2::WebACL')
  if (found === undefined) throw new Error('there is no web ACL')
  return found[1]
}
