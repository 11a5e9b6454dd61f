import { useEffect, useId, useState } from 'preact/hooks'
import { call } from '../api/client.ts'
import { useResource } from '../api/resource.ts'

/** Picks a tenant by its name, among any number of them: the server completes it. */
export function TenantSelect(props: { value: string; onChange: (tenantId: string) => void }) {
  const { value, onChange } = props
  const listId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const chosen = useResource(`tenant name ${value}`, async (signal) =>
    value === ''
      ? ''
      : (await call('GET /api/admin/tenants/{id}', { path: { id: value }, signal })).name,
  )
  const text = typed ?? chosen.data ?? ''
  const found = useResource(`tenants like ${text}`, async (signal) => {
    const query = { q: text, per_page: 20 }
    return (await call('GET /api/admin/tenant-list', { query, signal })).tenants
  })
  // A name counts once it is whole, whether it was picked or typed faster than the server completes it.
  const match = typed === null ? undefined : found.data?.find(({ name }) => name === typed)
  const picked = typed === '' ? '' : match?.id
  useEffect(() => {
    if (picked === undefined) return
    setTyped(null)
    onChange(picked)
  }, [picked])
  return (
    <>
      <input
        class="input"
        type="search"
        list={listId}
        aria-label="Tenant"
        placeholder="any tenant"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => setTyped(null)}
      />
      <datalist id={listId}>
        {found.data?.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </>
  )
}
