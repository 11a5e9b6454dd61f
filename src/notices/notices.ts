/**
 * The third-party notices as text. Run from its sources, the program asks the bundler what a binary would contain; the
 * binary's build puts a module in this one's place that reads the text embedded in it.
 */
export async function loadNotices(): Promise<string> {
  const [{ thirdParties }, { noticesText }] = await Promise.all([
    import('./bundled-packages.ts'),
    import('./notices-text.ts'),
  ])
  return noticesText(await thirdParties())
}
