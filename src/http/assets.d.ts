// Files that the build embeds: the default export is their path.
declare module 'swagger-ui-dist/swagger-ui-bundle.js' {
  const path: string
  export default path
}
declare module 'swagger-ui-dist/swagger-ui.css' {
  const path: string
  export default path
}
// Read into the text of a page.
declare module '*/icon.svg' {
  const text: string
  export default text
}
