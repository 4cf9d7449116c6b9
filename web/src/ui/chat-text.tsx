/** The text of a message: emphasis, spoilers, links and mentions, as text nodes. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { type ChatPiece, type InlinePiece, splitMarks } from '../chat/message-marks';
import { useApp } from './context';

const TAGS = { bold: 'strong', italic: 'em', code: 'code' } as const;

export function ChatText({ text }: { text: string }) {
  const { mentions } = useApp();
  // Only these are drawn again when members come and go.
  const names = text.includes('@') ? mentions.names.value : null;
  return <>{splitMarks(text, names).map((piece, index) => drawPiece(piece, index))}</>;
}

function drawPiece(piece: ChatPiece, key: number): ComponentChildren {
  if (!('pieces' in piece)) return drawInline(piece, key);
  const inner = piece.pieces.map(drawInline);
  if (piece.kind === 'spoiler') return <Spoiler key={key}>{inner}</Spoiler>;
  const Tag = TAGS[piece.kind];
  return <Tag key={key}>{inner}</Tag>;
}

function drawInline(piece: InlinePiece, key: number): ComponentChildren {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'mention') {
    return (
      <span key={key} class="mention" data-me={piece.me}>
        {piece.text}
      </span>
    );
  }
  return (
    <>
      <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer nofollow" tabIndex={-1}>
        <bdi>{piece.text}</bdi>
      </a>
      {piece.host !== undefined && <small class="link-host"> (leads to {piece.host})</small>}
    </>
  );
}

/** Hidden until it is pressed, also for a screen reader, a selection and a search in the page. */
function Spoiler({ children }: { children: ComponentChildren }) {
  const shown = useSignal(false);
  if (shown.value) return <span class="spoiler-shown">{children}</span>;
  return (
    <button
      type="button"
      class="spoiler"
      tabIndex={-1}
      aria-label="Spoiler, show it"
      onClick={(event) => {
        // The button goes, and takes the focus with it.
        event.currentTarget.closest<HTMLElement>('.message')?.focus({ preventScroll: true });
        shown.value = true;
      }}
    >
      <span aria-hidden="true" inert>
        {children}
      </span>
    </button>
  );
}
