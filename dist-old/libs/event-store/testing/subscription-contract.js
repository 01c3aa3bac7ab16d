import { describe, expect, test } from '@jest/globals';
import { isEventStoreError } from '../port/index.js';
import { idsOf, listen, turn } from './reading.js';
import { newEvent, newEvents, uniqueName } from './test-events.js';
/** Appends `count` events to a category's streams, ten streams at once, one event at a time. */ async function write(store, category, count) {
    await Promise.all(Array.from({
        length: 10
    }, async (_, stream)=>{
        for(let revision = -1; revision < count / 10 - 1; revision += 1){
            await store.append(`${category}-${stream}`, revision, [
                newEvent({
                    revision
                })
            ]);
            if (revision % 7 === 0) await turn();
        }
    }));
}
const positionsOf = (events)=>events.map(({ position })=>position);
export function subscriptionContract(store, reopen) {
    const everything = async (category, after)=>store().readAll(after, 100_000, {
            prefixes: [
                category
            ]
        });
    describe('subscribe', ()=>{
        test('from the start, the whole past is given in order', async ()=>{
            const category = uniqueName('past');
            await write(store(), category, 50);
            const { events } = await listen(store(), {
                after: 0,
                filter: {
                    prefixes: [
                        category
                    ]
                }
            }, ({ caughtUp })=>caughtUp);
            expect(idsOf(events)).toEqual(idsOf(await everything(category, 0)));
            expect(events).toHaveLength(50);
        });
        test('from the middle, only what comes after is given', async ()=>{
            const category = uniqueName('middle');
            const stream = `${category}-1`;
            await store().append(stream, -1, newEvents(5));
            const past = await everything(category, 0);
            const after = past[2]?.position ?? 0;
            const { events } = await listen(store(), {
                after,
                filter: {
                    prefixes: [
                        category
                    ]
                }
            }, ({ caughtUp })=>caughtUp);
            expect(events).toEqual(past.slice(3));
        });
        test('from the head, it is caught up at once, and gives what is appended then', async ()=>{
            const category = uniqueName('head');
            const after = await store().head();
            let appended = false;
            const { events } = await listen(store(), {
                after,
                filter: {
                    prefixes: [
                        category
                    ]
                },
                onBatch: async ({ caughtUp })=>{
                    if (!caughtUp || appended) return;
                    appended = true;
                    await store().append(`${category}-1`, -1, newEvents(2));
                }
            }, (heard)=>heard.events.length === 2);
            expect(events.map(({ revision })=>revision)).toEqual([
                0,
                1
            ]);
        });
        test('through the past into what is being appended, nothing is missed or repeated', async ()=>{
            const category = uniqueName('seam');
            const after = await store().head();
            await write(store(), `${category}-old`, 300);
            const writing = write(store(), `${category}-new`, 700);
            const options = {
                after,
                filter: {
                    prefixes: [
                        category
                    ]
                },
                batchSize: 37
            };
            const { events } = await listen(store(), options, (heard)=>heard.events.length >= 1_000);
            await writing;
            expect(positionsOf(events)).toEqual(positionsOf(await everything(category, after)));
        });
        test('a slow reader and quick ones all get everything once', async ()=>{
            const category = uniqueName('many');
            const after = await store().head();
            const options = {
                after,
                filter: {
                    prefixes: [
                        category
                    ]
                },
                batchSize: 50
            };
            const slow = listen(store(), {
                ...options,
                onBatch: turn,
                batchSize: 3
            }, ({ events })=>events.length >= 400);
            const quick = Array.from({
                length: 25
            }, ()=>listen(store(), options, ({ events })=>events.length >= 400));
            await write(store(), category, 400);
            const expected = positionsOf(await everything(category, after));
            for (const { events } of (await Promise.all([
                slow,
                ...quick
            ])))expect(positionsOf(events)).toEqual(expected);
        });
        test('batches keep to their size', async ()=>{
            const category = uniqueName('size');
            const after = await store().head();
            await write(store(), category, 50);
            const sizes = [];
            const onBatch = ({ events })=>void sizes.push(events.length);
            await listen(store(), {
                after,
                filter: {
                    prefixes: [
                        category
                    ]
                },
                batchSize: 7,
                onBatch
            }, ({ caughtUp })=>caughtUp);
            expect(Math.max(...sizes)).toBeLessThanOrEqual(7);
        });
        test('a filter that keeps nothing still makes progress', async ()=>{
            const after = await store().head();
            const { position } = await store().append(uniqueName('other'), -1, newEvents(3));
            const heard = await listen(store(), {
                after,
                filter: {
                    prefixes: [
                        uniqueName('nobody')
                    ]
                }
            }, (so)=>so.position >= position);
            expect(heard.events).toEqual([]);
        });
        test('a reader that waits ends when its signal is aborted', async ()=>{
            const stop = new AbortController();
            const subscription = store().subscribe({
                after: await store().head(),
                signal: stop.signal
            });
            const batches = subscription[Symbol.asyncIterator]();
            let batch = await batches.next();
            while(!batch.done && !batch.value.caughtUp)batch = await batches.next();
            const waiting = batches.next();
            stop.abort();
            expect(await waiting).toMatchObject({
                done: true
            });
        });
        test('a signal that is aborted already ends it before the first batch', async ()=>{
            let batches = 0;
            for await (const _ of store().subscribe({
                after: 0,
                signal: AbortSignal.abort()
            }))batches += 1;
            expect(batches).toBe(0);
        });
    });
    describe('a store that is closed and opened again', ()=>{
        test('ends a subscription with an outage; the next one goes on from its position', async ()=>{
            const category = uniqueName('restart');
            const closing = store();
            const after = await closing.head();
            await write(closing, `${category}-before`, 20);
            const heard = [];
            let position = after;
            const signal = new AbortController().signal;
            const reading = (async ()=>{
                for await (const batch of closing.subscribe({
                    after,
                    filter: {
                        prefixes: [
                            category
                        ]
                    },
                    signal
                })){
                    heard.push(...batch.events);
                    position = batch.position;
                }
            })().catch((error)=>error);
            await turn();
            const opened = await reopen();
            expect(isEventStoreError(await reading, 'store_unavailable')).toBe(true);
            await write(opened, `${category}-after`, 20);
            const rest = await listen(opened, {
                after: position,
                filter: {
                    prefixes: [
                        category
                    ]
                }
            }, ()=>true);
            heard.push(...rest.events);
            const tail = await listen(opened, {
                after: rest.position,
                filter: {
                    prefixes: [
                        category
                    ]
                }
            }, ({ caughtUp })=>caughtUp);
            heard.push(...tail.events);
            expect(positionsOf(heard)).toEqual(positionsOf(await everything(category, after)));
            expect(heard).toHaveLength(40);
        });
        test('refuses every call with an outage, and closing it again is nothing', async ()=>{
            const closed = store();
            await reopen();
            const codes = [
                closed.append(uniqueName('closed'), -1, [
                    newEvent()
                ]),
                closed.readAll(0, 1),
                closed.readStream('x'),
                closed.head()
            ];
            for (const call of codes)await expect(call).rejects.toMatchObject({
                code: 'store_unavailable'
            });
            await closed.close();
        });
        test('has stored the appends that were in flight when it was closed', async ()=>{
            const category = uniqueName('flight');
            const after = await store().head();
            const appends = Array.from({
                length: 50
            }, (_, n)=>store().append(`${category}-${n}`, -1, [
                    newEvent()
                ]));
            await reopen();
            await Promise.all(appends);
            expect(await everything(category, after)).toHaveLength(50);
        });
    });
}

//# sourceMappingURL=subscription-contract.js.map