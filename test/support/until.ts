/** Asks again, every so often, until it is so. For what another process does; a test of our own code moves the clock instead. */
export async function until(isSo: () => boolean | Promise<boolean>, everyMs = 20): Promise<void> {
  while (!(await isSo())) await new Promise((soon) => setTimeout(soon, everyMs))
}
