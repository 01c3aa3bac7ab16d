import { cell, instantOf, secondsOf } from './values.js';
const TRAILERS = new Set([
    'TEASER_TRAILER',
    'HOOK',
    'TRAILER',
    'CINEMAGRAPH'
]);
/** Played by itself while browsing: not something that was watched (list by d3i-infra/data-donation-task). */ export const isTrailer = (row)=>TRAILERS.has(row['Supplemental Video Type']?.trim().toUpperCase() ?? '');
export function viewingRecord(row) {
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
            country: cell(row['Country'])
        }
    };
}
/** `ordinal` tells apart what is otherwise the same: a title seen twice on one day. */ export function titleRecord(row, on, profile, ordinal) {
    const title = cell(row['Title']);
    if (title === null || on === undefined) return undefined;
    return {
        stream: 'usage',
        key: `${profile}|${on}|${title}|${ordinal}`,
        data: {
            kind: 'view',
            item: title,
            occurred_at: on,
            by: cell(profile)
        }
    };
}

//# sourceMappingURL=viewing.js.map