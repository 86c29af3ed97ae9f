import type { Patience } from '../lost-race.ts'
import type { BoxStore, SecretReader, Signer } from '../ports.ts'
import type { CommitStore } from '../stream.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { IssueInput } from './issue-input.ts'

export interface IssueRequest {
  issuer: string
  /** Subject of the access token. */
  subject: string
  idempotencyKey: string
  input: IssueInput
}

export interface Issuing {
  store: CommitStore
  boxes: BoxStore
  signer: Signer
  secrets: SecretReader
  policy: TrustPolicy
  baseUrl: string
  /** Hash of the canonical document without proof by the reference path (jsonld, rdf-canonize), base64url. What it reads otherwise is not released. */
  referenceHash: (document: object) => Promise<string>
  now: Date
  random: (bytes: number) => Uint8Array
  patience: Patience
}
