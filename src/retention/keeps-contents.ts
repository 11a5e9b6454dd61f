import type { RetentionConfig } from '../config/config.ts'
import type { DiskWatch } from './disk-watch.ts'

export interface KeepingDeps {
  config: { retention: RetentionConfig }
  disk: Pick<DiskWatch, 'level'>
}

/** Whether what is said in a run that ends now is kept. */
export function keepsContents({ config, disk }: KeepingDeps): boolean {
  return config.retention.contentDays > 0 && disk.level === 'enough'
}
