import type { ComponentChildren } from 'preact'
import { Field, Select } from '../parts/form.tsx'

/** The plans, as the API names them. */
const TIERS = ['free', 'dev', 'pro', 'enterprise'] as const
export type Tier = (typeof TIERS)[number]

/** One of the plans. */
export function TierField(props: {
  value: Tier
  onChange: (tier: Tier) => void
  hint?: ComponentChildren
}) {
  const { value, onChange, hint } = props
  return (
    <Field label="Tier" hint={hint}>
      {(control) => (
        <Select
          control={control}
          value={value}
          options={TIERS}
          onChange={(tier) => onChange(tier as Tier)}
        />
      )}
    </Field>
  )
}
