/** Declarations that tests need beyond those in packages/credentials/src/independent. */

declare module '@digitalbazaar/vc' {
  export function issue(options: {
    credential: object
    suite: object
    documentLoader: Loader
  }): Promise<Record<string, unknown>>
  export function signPresentation(options: {
    presentation: object
    suite: object
    challenge: string
    domain?: string
    documentLoader: Loader
  }): Promise<Record<string, unknown>>
}
