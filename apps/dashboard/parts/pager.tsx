/** Cursors go forwards only; the way back is the browser's, since each page has an address. */
export function Pager({
  cursor,
  next,
  at,
}: {
  readonly cursor: string | undefined;
  readonly next: string | null;
  readonly at: (cursor: string | undefined) => string;
}) {
  if (cursor === undefined && next === null) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {cursor !== undefined && <a href={at(undefined)}>First page</a>}
      {next !== null && <a href={at(next)}>Next page</a>}
    </nav>
  );
}
