import type { ComponentChildren } from 'preact'
import { NONE } from '../format.ts'

export type FactList = [name: string, value: ComponentChildren][]

/** A list of names and values. */
export function Facts({ facts }: { facts: FactList }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name} class="fact">
          <dt>{name}</dt>
          <dd>{value ?? NONE}</dd>
        </div>
      ))}
    </dl>
  )
}
