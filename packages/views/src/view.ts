import type { VerifyDeps } from '@sijil/registry/verification'

/** What views read, at one moment. They write nothing. */
export interface ViewDeps extends VerifyDeps {
  /** Verifier keys of the witnesses that this deployment names: a browser checks their lines. */
  witnesses: readonly string[]
}

/** One address, for programs and for people. `values` may read more, which a program does not wait for. */
export interface View<Json extends object, Values> {
  json: Json
  values: () => Values
}
