import { basename } from 'node:path/posix';
import yauzl from 'yauzl';
import { zipMembers } from '../../kit/index.js';
import { refused } from './upload-head.js';
/**
 * An archive's members with the folders they lie in, which the kit leaves out. The kit lists first and so enforces
 * every limit; the second listing skips the same entries, hence both agree one by one.
 * @throws {ConnectorError} CONFIG, as `zipMembers` does.
 */ export async function pathedMembers(handle, limits) {
    const members = await zipMembers(handle, limits);
    const paths = await memberPaths(handle);
    return members.map((member, at)=>{
        const path = paths[at];
        if (path === undefined || basename(path) !== member.name) throw refused('zip_broken', 'the file is not a complete ZIP: download and upload it again');
        return {
            ...member,
            path
        };
    });
}
async function memberPaths(handle) {
    const zip = await yauzl.fromFdPromise(handle.fd, {
        autoClose: false,
        lazyEntries: true,
        decodeStrings: false
    });
    const paths = [];
    for await (const entry of zip.eachEntry()){
        const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
        const path = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
        if (!path.endsWith('/') && yauzl.validateFileName(path) === null) paths.push(path.toLowerCase());
    }
    return paths;
}

//# sourceMappingURL=pathed-members.js.map