import type { CommitReader } from '@sijil/registry'
import { growingCatalogueList } from '@sijil/registry/catalogue'

/** The history of every qualification, read as a whole. */
export const listCatalogue = (reader: CommitReader) => growingCatalogueList(reader, () => 0)()
