import { loadNotices } from '../notices/notices.ts'

/** `ares licenses`: the notices of everything that is bundled. */
export async function licenses(): Promise<void> {
  process.stdout.write(await loadNotices())
}
