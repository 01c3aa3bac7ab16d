/** By `code`, not by class. Messages never hold a secret or a key; a key is named by its id. */ export class VaultError extends Error {
    constructor(code, message){
        super(message), this.code = code, this.name = 'VaultError';
    }
}
export const isVaultError = (error, code)=>error instanceof Error && error.name === 'VaultError' && (code === undefined || error.code === code);

//# sourceMappingURL=vault-error.js.map