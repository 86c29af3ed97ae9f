export { compareCheckpoints, followLog, type Growth, openEntries } from './audit.ts'
export {
  type Checkpoint,
  formatCheckpoint,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
} from './checkpoint.ts'
export { type Cosignature, cosign, verifyCosignatures } from './cosignature.ts'
export { TlogError, type TlogErrorCode } from './error.ts'
export { followKeys, type ListedKey, openHandover, signHandover } from './handover.ts'
export {
  formatNote,
  MAX_NOTE_BYTES,
  MAX_SIGNATURES,
  type NoteSignature,
  type NoteSigner,
  type OpenedNote,
  openNote,
  parseNote,
  signNote,
  type UnverifiedNote,
} from './note.ts'
export {
  formatProof,
  MAX_PROOF_BYTES,
  type OpenedProof,
  openProof,
  PROOF_EXTENSION,
  type ProofPolicy,
  parseProof,
  type TlogProof,
} from './proof.ts'
export { frontierAt, type HashReader, proveConsistency, proveInclusion, rootAt } from './prove.ts'
export { type GrownTree, growTree, hashesFromTiles, type TileReader } from './stored-tiles.ts'
export { decodeEntries, decodeTile, encodeEntries, encodeTile } from './tile-bytes.ts'
export { type HashTile, hasTile, newTiles, parseTilePath, TILE_WIDTH, type Tile, tilePath, tilesOf } from './tiles.ts'
export {
  appendLeaves,
  emptyFrontier,
  emptyRoot,
  type Frontier,
  frontierRoot,
  HASH_BYTES,
  leafHash,
  nodeHash,
  treeHash,
} from './tree.ts'
export {
  createVerifierKey,
  formatVerifierKey,
  parseVerifierKey,
  type SignatureType,
  signatureTypes,
  type VerifierKey,
} from './verifier-key.ts'
export { type Consistency, type Inclusion, verifyConsistency, verifyInclusion } from './verify.ts'
