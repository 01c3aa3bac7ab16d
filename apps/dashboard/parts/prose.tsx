import type { ComponentChildren } from 'preact';
import { to } from '../routing/route.js';
import { nameOf, shortId, useSchedules } from './directory.js';
import { Moment } from './moment.js';

/** A sentence of the service's, with the instants and ids in it as people read them: a time, a name, a way there. */

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const PIECE = new RegExp(
  `(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z)|(${UUID}(?:\\.[A-Za-z0-9_-]+){2,3})|(${UUID})`,
  'g',
);

type Piece = { readonly kind: 'text' | 'instant' | 'run' | 'schedule'; readonly text: string };

export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(PIECE)) {
    const [all, instant, run] = match;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    const kind = instant !== undefined ? 'instant' : run !== undefined ? 'run' : 'schedule';
    pieces.push({ kind, text: all });
    from = match.index + all.length;
  }
  return from < text.length ? [...pieces, { kind: 'text', text: text.slice(from) }] : pieces;
}

export function Prose({ text, zone }: { readonly text: string; readonly zone?: string | undefined }) {
  const pieces = piecesOf(text);
  const schedules = useSchedules(pieces.flatMap(({ kind, text }) => (kind === 'schedule' ? [text] : [])));
  const shown = ({ kind, text }: Piece): ComponentChildren => {
    if (kind === 'text') return text;
    if (kind === 'instant') return <Moment at={text} zone={zone} />;
    const schedule = schedules.get(text) ?? undefined;
    return (
      <a href={to([kind === 'run' ? 'runs' : 'schedules', text])} title={text}>
        {schedule === undefined ? shortId(text) : nameOf(schedule)}
      </a>
    );
  };
  return <span class="free">{pieces.map(shown)}</span>;
}
