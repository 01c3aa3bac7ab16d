import { describe, expect, test } from '@jest/globals';
const owner = {
    tenant: 'default',
    connection: 'connection-1'
};
/** What every credential vault must do. `open` yields an empty one. */ export function vaultContract(name, open) {
    describe(`${name}, as a vault`, ()=>{
        test('empty: reads nothing', async ()=>{
            expect(await (await open()).read(owner)).toBeUndefined();
        });
        test('written once: reads the secrets back at version 1', async ()=>{
            const vault = await open();
            expect(await vault.write(owner, {
                refresh_token: 'canary'
            }, 0)).toBe(1);
            expect(await vault.read(owner)).toEqual({
                secrets: {
                    refresh_token: 'canary'
                },
                version: 1
            });
        });
        test('written before: refuses a write that expects another version, and keeps what it has', async ()=>{
            const vault = await open();
            await vault.write(owner, {
                a: '1'
            }, 0);
            expect(await vault.write(owner, {
                a: '2'
            }, 0)).toBeUndefined();
            expect(await vault.write(owner, {
                a: '2'
            }, 2)).toBeUndefined();
            expect(await vault.write(owner, {
                a: '2'
            }, 1)).toBe(2);
            expect((await vault.read(owner))?.secrets).toEqual({
                a: '2'
            });
        });
        test('many writers that expect the same version: exactly one wins', async ()=>{
            const vault = await open();
            await vault.write(owner, {
                a: '0'
            }, 0);
            const answers = await Promise.all(Array.from({
                length: 50
            }, (_, at)=>vault.write(owner, {
                    a: String(at)
                }, 1)));
            expect(answers.filter((answer)=>answer !== undefined)).toEqual([
                2
            ]);
        });
        test('removed: reads nothing, and a version from before never fits again', async ()=>{
            const vault = await open();
            await vault.write(owner, {
                a: '1'
            }, 0);
            await vault.remove(owner);
            expect(await vault.read(owner)).toBeUndefined();
            expect(await vault.write(owner, {
                a: 'stale'
            }, 1)).toBeUndefined();
            expect(await vault.write(owner, {
                a: 'new'
            }, 0)).toBe(2);
            expect(await vault.write(owner, {
                a: 'stale'
            }, 1)).toBeUndefined();
        });
        test('two tenants with a connection of one name: each has its own', async ()=>{
            const vault = await open();
            await vault.write(owner, {
                a: '1'
            }, 0);
            expect(await vault.read({
                ...owner,
                tenant: 'other'
            })).toBeUndefined();
            expect(await vault.write({
                ...owner,
                tenant: 'other'
            }, {
                a: '2'
            }, 0)).toBe(1);
            expect((await vault.read(owner))?.secrets).toEqual({
                a: '1'
            });
        });
        test('secrets that are not text, or too large: refused', async ()=>{
            const vault = await open();
            await expect(vault.write(owner, {
                a: 1
            }, 0)).rejects.toMatchObject({
                code: 'secrets_invalid'
            });
            await expect(vault.write(owner, {
                a: 'x'.repeat(70_000)
            }, 0)).rejects.toMatchObject({
                code: 'secrets_invalid'
            });
        });
    });
}

//# sourceMappingURL=vault-contract.js.map