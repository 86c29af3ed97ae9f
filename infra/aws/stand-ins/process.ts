/** Replaces `node:process` in bundles. An import of it makes Node open its standard streams, which takes milliseconds. */
export const { env, versions } = process
