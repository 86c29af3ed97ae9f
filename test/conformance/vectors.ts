/** Test vectors of the two recommendations (Appendix B of each): the same credential, secured in several ways. */
const alumni = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential', 'AlumniCredential'],
  name: 'Alumni Credential',
  description: 'A minimum viable example of an Alumni Credential.',
  issuer: 'https://vc.example/issuers/5678',
  validFrom: '2023-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
}

const proof = (
  cryptosuite: string,
  issuer: string,
  key: string,
  proofValue: string,
  more: { id?: string; [option: string]: unknown } = {},
) => ({
  type: 'DataIntegrityProof',
  cryptosuite,
  created: '2023-02-24T23:36:38Z',
  verificationMethod: `https://vc.example/issuers/${issuer}#${key}`,
  proofPurpose: 'assertionMethod',
  ...more,
  proofValue,
})

const didKey = (key: string) => `did:key:${key}#${key}`

const first = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544'
const second = 'urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54'
const third = 'urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23'
const eddsa = 'eddsa-rdfc-2022'
const ecdsa = 'ecdsa-rdfc-2019'

export const eddsaVector = {
  ...alumni,
  proof: proof(
    eddsa,
    '5678',
    'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2',
    'z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9',
  ),
}

/** A proof chain of Data Integrity: two proofs, one over both, and one over that one. */
export const chainVector = {
  ...alumni,
  proof: [
    proof(
      eddsa,
      '56781',
      'z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7',
      'z5KTX5yikM4eUukZW9qh66LGT3KZEUCACGpWcT2t4Yd54NMoFRchGmH4778omyNFAD3weSt6sNk5fuaMQmhhzNmEC',
      { id: first },
    ),
    proof(
      eddsa,
      '56782',
      'z6MkhWqdDBPojHA7cprTGTt5yHv5yUi1B8cnXn8ReLumkw6E',
      'z5KXNyXDcm822dHS37tmS6Xc7FFNo8c73AfeqmfHoywPxnXWNjWKYK3VQzt3CMUoK9uAqsboVHKJXxuYwbdnfxZeA',
      { id: second },
    ),
    proof(
      eddsa,
      '56783',
      'z6MkmEq87wkHCYnWnNZkigeDMGTN7oUw1upkhzd77KuXERS1',
      'z2hcFbMaj3BJufikuLZQ36gAXVT9J3ZiwB9rqN3j7VdqyT1GaQPbMTaF1Q2gn7h75ZcJ6JpV9pvNoDumvcjtmSRAV',
      { id: third, created: '2023-02-26T22:06:38Z', previousProof: [first, second] },
    ),
    proof(
      eddsa,
      '56784',
      'z6MkmEq87wkHCYnWnNZkigeDMGTN7oUw1upkhzd77KuXERS1',
      'z6f4Lx4xiwWq8sucv6pg2vVvD5R4bxr58q2TagpwDXCxPVVS28S1iFwhor4ikhG6u4RKrNx7uSkYrCHdiiw5Js3d',
      { created: '2023-02-26T22:16:38Z', previousProof: third },
    ),
  ] as const,
}

export const p256Vector = {
  ...alumni,
  proof: proof(
    ecdsa,
    '5678',
    'zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP',
    'zaHXrr7AQdydBk3ahpCDpWbxfLokDqmCToYm2dyWvpcFVyWooC2he63w1f7UNQoAMKdhaRtcnaE2KTo5o5vTCcfw',
    { verificationMethod: didKey('zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP') },
  ),
}

export const p384Vector = {
  ...alumni,
  proof: proof(
    ecdsa,
    '5678',
    'z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ',
    'z967Mvv5bxtmLNqTzPZ8KmJjFmFXaAKeQNzq7GWnQkMcLtaGSSmuozE5WtJ8PipMe178B1tE28K1vsJur9bGVJhz6jgSJsRHFSQeqgH8hhjcg8gZDFJC1b9FsR5ggNmDBqHv',
    { verificationMethod: didKey('z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ') },
  ),
}

/** In these vectors the fragment of a method is its key. */
export function keyOfVector(verificationMethod: string) {
  const [controller = '', publicKeyMultibase = ''] = verificationMethod.split('#')
  return { controller, publicKeyMultibase }
}
