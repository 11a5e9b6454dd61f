import manifest from '../package.json'

/** `x.y.z`, stamped into the binary at build time. */
export const VERSION: string = manifest.version
