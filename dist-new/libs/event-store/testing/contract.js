import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendContract, conflictContract } from './append-contract.js';
import { contentContract } from './content-contract.js';
import { subscriptionContract } from './subscription-contract.js';
import { newEvent, newEvents, uniqueName } from './test-events.js';
export { failureCode } from './failure-code.js';
/**
 * What every adapter of the port does. Takes nothing for granted that a server shared with others would not give:
 * positions have gaps, other events lie between ours, names are unique per test.
 */ export function eventStoreContract(name, open) {
    describe(`event store contract: ${name}`, ()=>{
        let opened;
        let store;
        const reopen = async ()=>store = await opened.restart();
        beforeAll(async ()=>{
            opened = await open();
            store = opened.store;
        });
        afterAll(()=>opened.destroy());
        appendContract(()=>store);
        conflictContract(()=>store);
        contentContract(()=>store);
        readContract(()=>store);
        snapshotContract(()=>store, reopen);
        subscriptionContract(()=>store, reopen);
    });
}
function readContract(store) {
    describe('read', ()=>{
        const filled = async (count)=>{
            const stream = uniqueName('pages');
            await store().append(stream, -1, newEvents(count));
            return stream;
        };
        const revisions = async (stream, options)=>(await store().readStream(stream, options)).map((event)=>event.revision);
        test('a stream that does not exist is empty', async ()=>{
            expect(await store().readStream(uniqueName('absent'))).toEqual([]);
            expect(await store().readStream(uniqueName('absent'), {
                backwards: true
            })).toEqual([]);
        });
        test('a stream of ten is read forwards and backwards, from anywhere, a few at a time', async ()=>{
            const stream = await filled(10);
            expect(await revisions(stream, {
                from: 3,
                limit: 4
            })).toEqual([
                3,
                4,
                5,
                6
            ]);
            expect(await revisions(stream, {
                from: 8
            })).toEqual([
                8,
                9
            ]);
            expect(await revisions(stream, {
                from: 10
            })).toEqual([]);
            expect(await revisions(stream, {
                limit: 1,
                backwards: true
            })).toEqual([
                9
            ]);
            expect(await revisions(stream, {
                from: 2,
                backwards: true
            })).toEqual([
                2,
                1,
                0
            ]);
            expect(await revisions(stream, {
                from: 50,
                limit: 2,
                backwards: true
            })).toEqual([
                9,
                8
            ]);
        });
        test('a stream of 2,500 is read whole, both ways', async ()=>{
            const stream = await filled(2_500);
            const forwards = await revisions(stream, {});
            expect(forwards).toEqual(Array.from({
                length: 2_500
            }, (_, n)=>n));
            expect(await revisions(stream, {
                backwards: true
            })).toEqual(forwards.toReversed());
        });
        test('all streams are read after a position, filtered by prefix, a page at a time', async ()=>{
            const category = uniqueName('all');
            const start = await store().head();
            for (const n of [
                0,
                1,
                2,
                3,
                4,
                5
            ])await store().append(`${category}-${n % 3 === 0 ? 'a' : 'b'}-${n}`, -1, [
                newEvent({
                    n
                })
            ]);
            const numbers = async (after, limit, prefixes)=>(await store().readAll(after, limit, {
                    prefixes
                })).map((event)=>event.data);
            expect(await numbers(start, 100, [
                category
            ])).toEqual([
                0,
                1,
                2,
                3,
                4,
                5
            ].map((n)=>({
                    n
                })));
            expect(await numbers(start, 100, [
                `${category}-a`
            ])).toEqual([
                {
                    n: 0
                },
                {
                    n: 3
                }
            ]);
            expect(await numbers(start, 1, [
                `${category}-b`
            ])).toEqual([
                {
                    n: 1
                }
            ]);
            const [first] = await store().readAll(start, 1, {
                prefixes: [
                    category
                ]
            });
            expect(await numbers(first?.position ?? 0, 2, [
                `${category}-a`,
                `${category}-b`
            ])).toEqual([
                {
                    n: 1
                },
                {
                    n: 2
                }
            ]);
            expect(await numbers(start, 100, [
                uniqueName('nobody')
            ])).toEqual([]);
        });
        test('the head is at or after what was appended last', async ()=>{
            const { position } = await store().append(uniqueName('head'), -1, [
                newEvent()
            ]);
            expect(await store().head()).toBeGreaterThanOrEqual(position);
        });
    });
}
function snapshotContract(store, reopen) {
    describe('snapshots', ()=>{
        test('a stream without a snapshot has none', async ()=>{
            expect(await store().readSnapshot(uniqueName('none'))).toBeUndefined();
        });
        test('a snapshot is replaced by the next, and is there after a restart', async ()=>{
            const stream = uniqueName('snapshot');
            await store().append(stream, -1, newEvents(3));
            await store().writeSnapshot(stream, {
                revision: 1,
                version: 1,
                state: {
                    status: 'active'
                }
            });
            await store().writeSnapshot(stream, {
                revision: 2,
                version: 4,
                state: {
                    status: 'paused',
                    text: 'é\ud800'
                }
            });
            const expected = {
                revision: 2,
                version: 4,
                state: {
                    status: 'paused',
                    text: 'é\ud800'
                }
            };
            expect(await store().readSnapshot(stream)).toEqual(expected);
            expect(await (await reopen()).readSnapshot(stream)).toEqual(expected);
        });
        test('a snapshot of a stream without events does not make the stream', async ()=>{
            const stream = uniqueName('checkpoint');
            await store().writeSnapshot(stream, {
                revision: 0,
                version: 1,
                state: {
                    position: 7
                }
            });
            expect(await store().readStream(stream)).toEqual([]);
            expect((await store().append(stream, -1, [
                newEvent()
            ])).revision).toBe(0);
        });
    });
}

//# sourceMappingURL=contract.js.map