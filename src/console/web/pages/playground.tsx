import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChatEvent } from '../api/completion-stream.ts'
import { type ApiFailure, toFailure } from '../api/failure.ts'
import { count } from '../format.ts'
import { Icon } from '../parts/icons.tsx'
import { Card } from '../parts/page.tsx'
import { Empty, Failure } from '../parts/status.tsx'

/** One turn of a conversation. */
export interface Message {
  role: 'user' | 'assistant'
  content: string
}

interface Talk {
  messages: Message[]
  /** The answer on its way; null while none is. */
  answer: string | null
  failure: ApiFailure | undefined
  /** What is said about the latest answer. */
  note: string
}

const QUIET: Talk = { messages: [], answer: null, failure: undefined, note: '' }

/** A conversation with a saved agent, streamed. What the model says is shown as plain text. */
export function Playground(props: {
  ask: (messages: Message[], signal: AbortSignal) => AsyncIterable<ChatEvent>
  hint: string
  onAnswered?: () => void
}) {
  const { hint } = props
  const { talk, send, stop, clear } = useTalk(props)
  const [text, setText] = useState('')
  const busy = talk.answer !== null
  const submit = () => {
    if (busy || text.trim() === '') return
    setText('')
    void send(text)
  }
  return (
    <Card
      title="Playground"
      actions={
        talk.messages.length > 0 && (
          <button type="button" class="button plain small" onClick={clear}>
            Clear
          </button>
        )
      }
    >
      <Said talk={talk} hint={hint} />
      <form
        class="ask"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <textarea
          class="input"
          rows={2}
          aria-label="Message"
          placeholder="Ask the agent… (Enter sends, Shift-Enter begins a line)"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            submit()
          }}
        />
        {busy ? (
          <button type="button" class="button" onClick={stop}>
            <Icon name="stop" size={14} /> Stop
          </button>
        ) : (
          <button class="button primary" disabled={text.trim() === ''}>
            <Icon name="send" size={14} /> Send
          </button>
        )}
      </form>
    </Card>
  )
}

/** What was said so far; it follows the answer as long as its end is in sight. */
function Said({ talk, hint }: { talk: Talk; hint: string }) {
  const { messages, answer, failure, note } = talk
  const box = useRef<HTMLDivElement>(null)
  const follow = useRef(true)
  useEffect(() => {
    if (follow.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [messages.length, answer])
  return (
    <div
      ref={box}
      class="talk"
      role="log"
      aria-label="Conversation"
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follow.current = scrollTop + clientHeight > scrollHeight - 40
      }}
    >
      {messages.length === 0 && failure === undefined && (
        <Empty title="Ask it something">{hint}</Empty>
      )}
      {messages.map((message, index) => (
        <div key={index} class={`said ${message.role}`}>
          <span class="hidden">{message.role === 'user' ? 'You: ' : 'Agent: '}</span>
          {message.content}
        </div>
      ))}
      {answer !== null && (
        <div class="said" aria-busy="true">
          {answer === '' ? <span class="muted">…</span> : answer}
        </div>
      )}
      {failure && <Failure failure={failure} />}
      {note !== '' && <small class="muted">{note}</small>}
    </div>
  )
}

function useTalk(props: {
  ask: (messages: Message[], signal: AbortSignal) => AsyncIterable<ChatEvent>
  onAnswered?: () => void
}) {
  const { ask, onAnswered } = props
  const [talk, setTalk] = useState(QUIET)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const send = async (content: string) => {
    const controller = new AbortController()
    running.current = controller
    const messages: Message[] = [...talk.messages, { role: 'user', content }]
    setTalk({ ...QUIET, messages, answer: '' })
    let answer = ''
    const end = (change: Partial<Talk>) => {
      const said: Message[] =
        answer === '' ? messages : [...messages, { role: 'assistant', content: answer }]
      setTalk({ ...QUIET, messages: said, ...change })
    }
    try {
      for await (const event of ask(messages, controller.signal)) {
        answer += event.delta
        setTalk((before) => ({ ...before, answer }))
        if (event.finish_reason !== null) end({ note: noteOf(event) })
      }
    } catch (error) {
      end(controller.signal.aborted ? { note: 'Stopped.' } : { failure: toFailure(error) })
    }
    // A stream that broke off says nothing more.
    setTalk((before) => (before.answer === null ? before : { ...before, answer: null }))
    onAnswered?.()
  }
  return {
    talk,
    send,
    stop: () => running.current?.abort(),
    clear: () => {
      running.current?.abort()
      setTalk(QUIET)
    },
  }
}

function noteOf({ tokens_used = 0, finish_reason, error }: ChatEvent): string {
  const tokens = `${count(tokens_used)} tokens`
  if (error !== undefined) return `${error} ${tokens}.`
  return finish_reason === 'stop' ? tokens : `${tokens}, ended by ${finish_reason}`
}
