import type { SyncRecord } from '#lib/ports';
import type { Row } from '../kit/index.js';
import { cell, instantOf, secondsOf } from './values.js';

const TRAILERS = new Set(['TEASER_TRAILER', 'HOOK', 'TRAILER', 'CINEMAGRAPH']);

/** Played by itself while browsing: not something that was watched (list by d3i-infra/data-donation-task). */
export const isTrailer = (row: Row): boolean =>
  TRAILERS.has(row['Supplemental Video Type']?.trim().toUpperCase() ?? '');

export function viewingRecord(row: Row): SyncRecord | undefined {
  const at = instantOf(row['Start Time']);
  const title = cell(row['Title']);
  const seconds = secondsOf(row['Duration']);
  if (at === undefined || title === null || seconds === undefined) return undefined;
  const profile = row['Profile Name'] ?? '';
  return {
    stream: 'usage',
    key: `${profile}|${at}|${title}`,
    data: {
      kind: 'view',
      item: title,
      occurred_at: at,
      amount: seconds,
      unit: 's',
      by: cell(profile),
      country: cell(row['Country']),
    },
  };
}

/** `ordinal` tells apart what is otherwise the same: a title seen twice on one day. */
export function titleRecord(
  row: Row,
  on: string | undefined,
  profile: string,
  ordinal: number,
): SyncRecord | undefined {
  const title = cell(row['Title']);
  if (title === null || on === undefined) return undefined;
  return {
    stream: 'usage',
    key: `${profile}|${on}|${title}|${ordinal}`,
    data: { kind: 'view', item: title, occurred_at: on, by: cell(profile) },
  };
}
