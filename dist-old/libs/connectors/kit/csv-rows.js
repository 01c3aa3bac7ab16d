import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { throwIfCancelled } from './abort.js';
import { ConnectorError, isConnectorError } from './connector-error.js';
/** A record longer than this is an unclosed quote that swallowed the file. */ const MAX_RECORD_BYTES = 1024 * 1024;
/**
 * Streams a CSV with a header row: BOM, CRLF, quoted headers, columns in any order and case. A row that cannot be split
 * like the header comes as `bad`. A file without a single byte has no rows.
 * @throws {ConnectorError} SCHEMA_DRIFT when a required column is missing or the quoting is broken; CANCELLED.
 */ export async function* csvRows(open, file, columns, signal) {
    const stream = await open();
    const skipped = [];
    const parser = parse({
        bom: true,
        trim: true,
        skip_empty_lines: true,
        skip_records_with_error: true,
        // A quote inside a plain cell is taken as it stands. Refusing it would cost a copy of the record for each quote.
        relax_quotes: true,
        max_record_size: MAX_RECORD_BYTES,
        columns: (header)=>chosen(header, file, columns),
        on_skip: (error)=>{
            skipped.push(error?.code ?? 'CSV_ERROR');
            return undefined;
        }
    });
    // The callback form: the error reaches the parser, where the loop below meets it.
    pipeline(stream, parser, ()=>undefined);
    try {
        for await (const row of parser){
            throwIfCancelled(signal);
            for (const bad of skipped.splice(0))yield {
                bad
            };
            yield {
                row
            };
        }
        for (const bad of skipped.splice(0))yield {
            bad
        };
    } catch (error) {
        if (isConnectorError(error)) throw error;
        throw new ConnectorError('SCHEMA_DRIFT', `${file} cannot be read as CSV to its end`, {
            code: codeOf(error)
        });
    } finally{
        stream.destroy();
    }
}
/** Names of the columns to keep, in the file's order; false drops one. */ function chosen(header, file, { required, optional = [] }) {
    const known = new Map([
        ...required,
        ...optional
    ].map((name)=>[
            name.toLowerCase(),
            name
        ]));
    const names = header.map((cell)=>known.get(cell.trim().toLowerCase()) ?? false);
    const missing = required.filter((name)=>!names.includes(name));
    if (missing.length === 0) return names;
    const list = missing.slice(0, 5).join(', ');
    throw new ConnectorError('SCHEMA_DRIFT', `${file} has no column ${list}: the provider changed it, or it is in another language (switch the account to English and export again)`, {
        code: 'columns_missing'
    });
}
const codeOf = (error)=>typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'csv_broken';

//# sourceMappingURL=csv-rows.js.map