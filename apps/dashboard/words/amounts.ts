import { lasting } from './time.js';

const grouped = new Intl.NumberFormat('en-GB');

export const count = (n: number): string => grouped.format(n);
/** `1 record`, `2 records` */
export const counted = (n: number, what: string): string => `${count(n)} ${what}${n === 1 ? '' : 's'}`;

/** `97.3 %`; nothing was decided yet: `–`. Never 100 % where something failed. */
export function percent(share: number | null): string {
  if (share === null) return '–';
  const rounded = share < 1 ? Math.min(99.9, Math.round(share * 1_000) / 10) : 100;
  return `${rounded} %`;
}

export const length = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? '–' : lasting(ms);

export const megabytes = (bytes: number): string => `${count(Math.round(bytes / 1_048_576))} MiB`;

export function money(minor: number | null, currency: string | null): string {
  if (minor === null || currency === null) return '–';
  try {
    const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
    const { maximumFractionDigits = 2 } = format.resolvedOptions();
    return format.format(minor / 10 ** maximumFractionDigits);
  } catch {
    return `${minor / 100} ${currency}`;
  }
}
