/**
 * A package of this folder, which is installed for `bun run test:clients` alone: it may be missing where the types are
 * checked, so whoever asks says what is used of it.
 */
export async function load<Module>(name: string): Promise<Module> {
  const loaded: Module = await import(name)
  return loaded
}
