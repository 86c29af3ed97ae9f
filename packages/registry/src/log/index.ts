export { auditStreams } from './audit.ts'
export { auditFull } from './audit-full.ts'
export { nearlyFullBundle, publishBundle, readBundle, type TrustBundle } from './bundle.ts'
export {
  type Change,
  type ChangeKind,
  changeKinds,
  findChange,
  type LoggedDecision,
  listChanges,
  listLogged,
} from './changes.ts'
export {
  parseWitnesses,
  readCheckpoint,
  recordCosignatures,
  type Witness,
  witnessedAt,
  witnessKeys,
} from './cosignatures.ts'
export { type PublicLogKey, readPublicKeys, readVerifierKeys, replaceLogKey } from './log-keys.ts'
export { catalogueRecord, isLogName, type LogName, logNames, originOf, recordHash } from './logs.ts'
export {
  listAllRecords,
  listDescriptionRecords,
  listFrameworkRecords,
  listRecords,
  readRecord,
  recordKinds,
  restoreRecords,
} from './record-files.ts'
export { type SequenceDeps, type Sequenced, sequenceLog } from './sequence.ts'
export { cachedTreeSizes, findPlace, type Place } from './serve.ts'
export { countSignedBy, type SignedByKey } from './signed-by-key.ts'
export { auditTiles, serveTile, storeTiles } from './tile-files.ts'
