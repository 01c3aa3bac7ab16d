import { recordKey } from './upload/index.js';
import { cell, instantOf } from './values.js';
/**
 * One start of a title on Prime Video; how long it ran is not told. `Playback Hour` is written `MM/DD/YYYY HH:MM:SS`
 * (humandataincome/hudi-packages-connectors), whatever the account's language: the setting for other
 * dates does not apply.
 */ export function viewingRecord(row) {
    const at = instantOf(row['Playback Hour'], 'month-first');
    if (at === null || at === undefined) return {
        bad: 'Playback Hour is not a date'
    };
    const title = cell(row['Title']);
    const type = cell(row['Video Type']);
    return {
        stream: 'usage',
        key: recordKey(at, title ?? '', type ?? ''),
        data: {
            kind: 'view',
            item: title,
            occurred_at: at,
            video_type: type,
            entitlement: cell(row['Entitlement Type']),
            country: cell(row['Country']),
            source: 'export'
        }
    };
}

//# sourceMappingURL=viewing.js.map