/** What was typed, as it is sent. What it cannot be is sent as it is, for the service to refuse. */

/** Of a field with commas. */
export const pieces = (text: string): readonly string[] =>
  text.split(/[,;]/).flatMap((part) => part.trim() || []);

/** `""` is not 0: where nothing was typed the service shall say that something is missing. */
export const numberOf = (text: string): number | string =>
  /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;

/** Of a field without a zone: the reader's. */
export function instantOf(local: string): string | undefined {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
