export {
  documentClient,
  documentsOver,
  kmsClient,
  type RetryStrategy,
  requestLimits,
} from './clients.ts'
export { createTables } from './create-tables.ts'
export { openBoxEraser, openBoxReader, openBoxStore } from './dynamodb-boxes.ts'
export { openCommitReader, openCommitStore, type Table } from './dynamodb-commits.ts'
export { functionRoles, type KeyHolders, keyPolicy, signingFunctions } from './key-policy.ts'
export { writable } from './keys.ts'
export { createKeyMaker } from './kms-key-maker.ts'
export { createNoteOpener, createNoteSealer } from './kms-notes.ts'
export { createSecretMaker, createSecretReader } from './kms-secrets.ts'
export { createSigner } from './kms-signer.ts'
export { paceSigner } from './pace-signer.ts'
export { presignedAddress, signatureOf } from './presign.ts'
export { secretReader, secretsClient } from './secrets.ts'
export { type TableNames, tables } from './tables.ts'
