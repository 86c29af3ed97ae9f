import { endorser } from './decision-shape.ts'
import { constant, id, instant, node, nodes, numbered, one, own, type Shape, url, uuid } from './shape-words.ts'

/**
 * The closed profile of a receipt: an Open Badges 3.0 `EndorsementCredential` about the manifest of a portfolio. It has no context of ours,
 * and no member for a person or a title of a file. The canonical form is generated from this table, as that of a certificate is.
 */

export const RECEIPT_NAME = 'Receipt of an authority for a portfolio of evidence'

/** The receipt itself says what it is not. */
export const RECEIPT_COMMENT =
  'The authority received a portfolio with this manifest. This says nothing about what the files are worth, is no decision, and is no statement about a certificate.'

// biome-ignore format: it reads as a table
const portfolio: Shape = { name: 'Received portfolio', members: {
  id, type: constant(['EndorsementSubject']), endorsementComment: constant(RECEIPT_COMMENT),
} }
/** It has the id of the subject. Both are one node of the graph (`canonical.ts`). */
const manifest: Shape = { name: 'Manifest', members: { id, digestMultibase: { is: 'digest' } } }
/** The day on which the authority got it, and the track. */
// biome-ignore format: it reads as a table
const receiving: Shape = { name: 'Receiving', members: {
  id: own('evidence-{n}'), type: constant('Evidence'), genre: constant('Portfolio received'), name: { is: 'day' }, narrative: url,
} }

// biome-ignore format: it reads as a table
export const receiptShape: Shape = { name: 'Receipt', members: {
  id: uuid, type: constant(['VerifiableCredential', 'EndorsementCredential']), name: constant(RECEIPT_NAME),
  issuer: node(endorser), validFrom: instant,
  credentialSubject: node(portfolio), relatedResource: nodes(one(manifest)), evidence: numbered(one(receiving)),
} }
