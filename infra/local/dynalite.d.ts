declare module 'dynalite' {
  import type { Server } from 'node:http'

  interface Options {
    /** Folder of the LevelDB store; in memory where it is absent. */
    path?: string
    /** How long a table stays in CREATING. */
    createTableMs?: number
  }
  /** Closing the server also closes the store. */
  export default function dynalite(options?: Options): Server
}
