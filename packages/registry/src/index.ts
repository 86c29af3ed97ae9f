export {
  type ArtefactFault,
  artefactLifetimes,
  artefacts,
  type CheckedReader,
  type CheckedStore,
  checkedReader,
  checkedStore,
  type NamedArtefact,
  RESULT_DAYS,
  UPLOAD_DAYS,
} from './artefacts.ts'
export { INDEX_LAG_MS, MEMORY_MS, MINUTE_MS, SIGN_IN_TOLERANCE_MS, STORE_TOLERANCE_MS } from './clocks.ts'
export { type Fault, RegistryError, type RegistryErrorCode, unlessAway } from './errors.ts'
export { type Patience, untilWon } from './lost-race.ts'
export { earlierOf, endOfDay, startOfDay, startOrNow } from './moments.ts'
export type {
  ArtefactName,
  ArtefactReader,
  ArtefactStore,
  Box,
  BoxEraser,
  BoxReader,
  BoxStore,
  DeliveryAnswer,
  DeliveryMessage,
  EventSender,
  FileAddresses,
  FileMessage,
  KeyAlgorithm,
  KeyMaker,
  KeyPurpose,
  MessageQueue,
  NoteOpener,
  NoteSealer,
  RangeMessage,
  RangeQueue,
  ReceiverCheck,
  SecretMaker,
  SecretReader,
  Signer,
  SigningKey,
  SigningPurpose,
} from './ports.ts'
export { deliveryAnswers } from './ports.ts'
export { type RefusalReason, refusalReasons } from './refusal-reasons.ts'
export { remembered, rememberedEach } from './remembered.ts'
export {
  readStatementKeys,
  replaceStatementKey,
  requireStatementKey,
  STATEMENT_SECONDS,
  STATEMENTS_OWNER,
  type StatementKey,
} from './statement-keys.ts'
export {
  type Commit,
  type CommitReader,
  type CommitStore,
  type Consistency,
  type IndexKey,
  nextCommit,
  ownerOf,
  type Part,
  readOnce,
  type StreamId,
  streams,
} from './stream.ts'
