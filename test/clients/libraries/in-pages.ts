/** Keys in a web page are seen by its visitors, so the libraries of OpenAI and Anthropic run there only when told to. */
export const IN_PAGES = { dangerouslyAllowBrowser: true }
