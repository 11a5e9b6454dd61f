/*
 * The ids of a response and of its items are made of the id of its run, so that either leads to the run.
 */

const RESPONSE = /^resp_([0-9a-f]{32})$/
const ITEM = /^[a-z]{1,20}_([0-9a-f]{32})\d{1,6}$/
const GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/

/** The id of a run as it stands in other ids. */
export function shortRunId(runId: string): string {
  return runId.replaceAll('-', '')
}

/** The id of a response. */
export function responseId(runId: string): string {
  return `resp_${shortRunId(runId)}`
}

/**
 * The id of an item of a response.
 *
 * @param kind what stands before ids of items of its type, such as `msg`
 * @param index its place in the output
 */
export function itemId(kind: string, runId: string, index: number): string {
  return `${/^[a-z]{1,20}$/.test(kind) ? kind : 'item'}_${shortRunId(runId)}${index}`
}

/** The run whose response has that id; undefined for an id that was never given here. */
export function runOfResponse(id: string): string | undefined {
  return runIn(RESPONSE, id)
}

/** The run in whose answer an item of that id could stand. */
export function runOfItem(id: string): string | undefined {
  return runIn(ITEM, id)
}

function runIn(pattern: RegExp, id: string): string | undefined {
  return pattern.exec(id)?.[1]?.replace(GROUPS, '$1-$2-$3-$4-$5')
}
