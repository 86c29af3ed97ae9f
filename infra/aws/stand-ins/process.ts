/** Stands in bundles for `node:process`: who imports that by name makes Node open its standard streams, which takes milliseconds. */
export const { env, versions } = process
