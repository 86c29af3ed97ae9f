import { type ArtefactName, type ArtefactStore, RegistryError } from '@sijil/registry'

/** Keeps files in memory, and fulfils the contract of `artefacts-contract.ts`. For tests. */
export class MemoryArtefacts implements ArtefactStore {
  /** A test may change or remove a file, as somebody with rights to the bucket could. */
  readonly files = new Map<ArtefactName, Uint8Array>()

  async read(name: ArtefactName): Promise<Uint8Array | undefined> {
    return this.files.get(name)?.slice()
  }

  async put(name: ArtefactName, bytes: Uint8Array): Promise<void> {
    const kept = this.files.get(name)
    if (kept === undefined) this.files.set(name, bytes.slice())
    else if (Buffer.compare(kept, bytes) !== 0)
      throw new RegistryError('artefact-differs', 'Another file has this name already.')
  }
}
