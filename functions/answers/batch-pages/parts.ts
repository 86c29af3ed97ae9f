import type { SignInPolicy } from '@sijil/http'
import type { ArtefactReader, FileAddresses } from '@sijil/registry'
import type { FilesDeps } from '@sijil/registry/batch-files'
import type { BatchDeps } from '@sijil/registry/batches'
import type { CatalogueDeps } from '@sijil/views/desk'

export type BatchesParts = Omit<BatchDeps, 'now'> &
  Omit<FilesDeps, 'now'> & {
    /** Addresses of files, which are secrets for some minutes. */
    addresses: FileAddresses
    /** Large files as they arrive. */
    incoming: ArtefactReader
    clock: () => Date
    /** The sign-ins that suffice to approve. */
    approving: SignInPolicy
    baseUrl: string
    newId: () => string
    /** All qualifications, as indexes show them now. */
    qualifications: CatalogueDeps['qualifications']
  }
