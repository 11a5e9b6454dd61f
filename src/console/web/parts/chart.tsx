import { useState } from 'preact/hooks'
import { brief, count, utcDay } from '../format.ts'

/** One UTC day of a chart. */
export interface Day {
  date: string
  value: number
  /** How much of the value failed. */
  failed?: number
}

/**
 * Bars of UTC days, oldest first. Pointing at a day, or the arrow keys, put its figures in the line above; a screen
 * reader hears that line.
 */
export function DayChart({ days, unit }: { days: Day[]; unit: string }) {
  const [chosen, setChosen] = useState<number | null>(null)
  const top = Math.max(1, ...days.map(({ value }) => value))
  const day = chosen === null ? undefined : days[chosen]
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const from = chosen ?? days.length - (step > 0 ? 1 : 0)
    setChosen(Math.min(days.length - 1, Math.max(0, from + step)))
  }
  return (
    <figure class="chart">
      <figcaption class="readout" aria-live="polite">
        {day ? <OneDay day={day} unit={unit} /> : <AllDays days={days} unit={unit} />}
      </figcaption>
      <div
        class="plot"
        role="slider"
        tabIndex={0}
        aria-label={`${unit} per UTC day`}
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={(chosen ?? days.length - 1) + 1}
        aria-valuetext={
          day ? `${utcDay(day.date)}: ${count(day.value)} ${unit}` : `${days.length} days`
        }
        onKeyDown={onKeyDown}
        onBlur={() => setChosen(null)}
        onPointerLeave={() => setChosen(null)}
      >
        {days.map((each, index) => (
          <div
            key={each.date}
            class={index === chosen ? 'day chosen' : 'day'}
            onPointerEnter={() => setChosen(index)}
          >
            <Bar value={each.failed ?? 0} top={top} fail />
            <Bar value={each.value - (each.failed ?? 0)} top={top} />
          </div>
        ))}
      </div>
      <div class="ends" aria-hidden="true">
        <span>{days[0] && utcDay(days[0].date)}</span>
        <span>most in a day: {brief(Math.max(0, ...days.map(({ value }) => value)))}</span>
        <span>{days.length > 1 && utcDay(days.at(-1)!.date)}</span>
      </div>
    </figure>
  )
}

function Bar({ value, top, fail = false }: { value: number; top: number; fail?: boolean }) {
  if (value <= 0) return null
  // A day with anything at all shows.
  const height = `max(2px, ${((value / top) * 100).toFixed(2)}%)`
  return <span class={fail ? 'fail' : ''} style={{ height }} />
}

function OneDay({ day, unit }: { day: Day; unit: string }) {
  return (
    <>
      <strong>{utcDay(day.date)} UTC</strong>
      <span>
        {count(day.value)} {unit}
      </span>
      {(day.failed ?? 0) > 0 && <span class="bad">{count(day.failed)} failed</span>}
    </>
  )
}

function AllDays({ days, unit }: { days: Day[]; unit: string }) {
  const total = days.reduce((sum, { value }) => sum + value, 0)
  return (
    <>
      <strong>
        {brief(total)} {unit}
      </strong>
      <span class="muted">in {days.length} UTC days</span>
    </>
  )
}
