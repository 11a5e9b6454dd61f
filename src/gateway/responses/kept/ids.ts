/*
 * The ids of a response and of its items are made of the id of its run, so that either leads to the run.
 */

const RESPONSE = /^resp_([0-9a-f]{32})$/
const ITEM = /^(?:msg|rs|fc|ctc)_([0-9a-f]{32})\d{1,6}$/
const GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/

/** The id of a run as it stands in other ids. */
export function shortRunId(runId: string): string {
  return runId.replaceAll('-', '')
}

/** The id of a response. */
export function responseId(runId: string): string {
  return `resp_${shortRunId(runId)}`
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
