/** Whose credentials: part of the encryption's additional data, so that a record copied elsewhere does not open. */ const unreadable = new Set([
    'key_unknown',
    'record_unreadable'
]);
/** Of an error of a vault, by name and code: what is stored cannot be read any more, as its key was lost or it was damaged. */ export function isUnreadable(error) {
    return error instanceof Error && error.name === 'VaultError' && 'code' in error && unreadable.has(error.code);
}

//# sourceMappingURL=credentials.js.map