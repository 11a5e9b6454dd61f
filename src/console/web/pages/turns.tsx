import type { Piece, Turn } from './conversation.ts'

/** What stands in a line with its name. */
const SHORT = 60

/** A conversation as it is recorded: who said what, with tool calls and other parts by name. */
export function Turns({ turns }: { turns: Turn[] }) {
  return (
    <div class="turns" role="group" aria-label="Conversation" tabIndex={0}>
      {turns.map((turn, index) => (
        <section key={index}>
          <h3>{turn.role}</h3>
          {turn.pieces.map((piece, each) => (
            <PieceShown key={each} piece={piece} />
          ))}
        </section>
      ))}
    </div>
  )
}

function PieceShown({ piece }: { piece: Piece }) {
  if (!('what' in piece)) return <p>{piece.text}</p>
  if (piece.text.length <= SHORT && !piece.text.includes('\n')) {
    return (
      <p>
        <small class="muted">{piece.what}</small> <code>{piece.text}</code>
      </p>
    )
  }
  return (
    <div>
      <small class="muted">{piece.what}</small>
      <pre class="code">{piece.text}</pre>
    </div>
  )
}
