/** Line drawings on a 16 × 16 field, of this project. */
const PATHS = {
  overview: 'M2.5 2.5h4.5v6h-4.5zM9 2.5h4.5v3.5h-4.5zM9 8.5h4.5v5h-4.5zM2.5 11h4.5v2.5h-4.5z',
  tenants: 'M3 13.5v-11h6v11M9 6.5h4v7M1.5 13.5h13M5 5h2M5 7.5h2M5 10h2',
  agents: 'M3 6h10v7H3zM8 6V3.2M8 2.5v.2M6 9v1M10 9v1M1.5 8.5v2.5M14.5 8.5v2.5',
  runs: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.3 1.5',
  models: 'M8 2l5.5 3v6L8 14l-5.5-3V5zM2.5 5 8 8l5.5-3M8 8v6',
  usage: 'M2 13.5h12M4 13.5V8.5M8 13.5v-10M12 13.5V6',
  alerts: 'M8 2.5c-2.4 0-4 1.7-4 4v2.8L2.7 11.5h10.6L12 9.3V6.5c0-2.3-1.6-4-4-4zM6.5 13.7h3',
  audit: 'M4 2h6l2.5 2.5V14H4zM6 7h4.5M6 9.5h4.5M6 12h2.5',
  settings: 'M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 3v3M5 10v3',
  keys: 'M5 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM7.8 8H14v2.5M11.3 8v2',
  self: 'M8 8.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8zM2.6 14c.3-2.6 2.4-4 5.4-4s5.1 1.4 5.4 4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 14 14',
  menu: 'M2 4.5h12M2 8h12M2 11.5h12',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  theme: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 2v12M8 4.5a3.5 3.5 0 0 1 0 7',
  leave: 'M6.5 2.5H3v11h3.5M6.5 8H14M11 5l3 3-3 3',
  copy: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1',
  plus: 'M8 3v10M3 8h10',
  send: 'M2.5 8 13.5 2.5 10 13.5 7.5 9z',
  stop: 'M4 4h8v8H4z',
} as const

export type IconName = keyof typeof PATHS

/** Decoration: what it stands for is said in words beside it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.4"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

/** The product's mark. */
export function Mark() {
  return (
    <svg class="mark" width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M8.5 24 16 7.5 23.5 24M11.6 18h8.8"
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
