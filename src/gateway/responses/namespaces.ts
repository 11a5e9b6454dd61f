import { asArray, asObject, asString } from '../../providers/json-shape.ts'

/*
 * Some clients offer their tools in groups: a `namespace` with functions in it. Models know functions alone, so that the
 * name of the group goes before the name of the function, and is taken apart again in the answer.
 */

/** The one name of a function in a group. */
export function flatName(namespace: string | null | undefined, name: string): string {
  if (!namespace) return name
  return namespace.endsWith('__') ? namespace + name : `${namespace}__${name}`
}

export interface GroupedName {
  name: string
  namespace?: string
}

/** How the client calls each tool of its groups, by the one name that models know it by. */
export function groupedNames(tools: unknown): ReadonlyMap<string, GroupedName> {
  const names = new Map<string, GroupedName>()
  for (const group of asArray(tools)) {
    const { type, name: namespace, tools: members } = asObject(group)
    if (type !== 'namespace') continue
    for (const member of asArray(members)) {
      const name = asString(asObject(member)['name'])
      const group = asString(namespace)
      names.set(flatName(group, name), { name, namespace: group })
    }
  }
  return names
}
