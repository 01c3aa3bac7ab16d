import { describe, expect, test } from '@jest/globals';
import { isEventStoreError, MAX_EVENT_BYTES } from '../port/index.js';
import { failureCode } from './failure-code.js';
import { idsOf } from './reading.js';
import { eventOfBytes, newEvent, newEvents, uniqueName } from './test-events.js';
export function appendContract(store) {
    describe('append', ()=>{
        test('a stream that does not exist starts at revision 0', async ()=>{
            const stream = uniqueName('first');
            const appended = await store().append(stream, -1, [
                newEvent()
            ]);
            expect(appended.revision).toBe(0);
            expect(appended.position).toBeGreaterThan(0);
        });
        test('a stream with events goes on by one revision each, and answers with the last', async ()=>{
            const stream = uniqueName('order');
            const events = newEvents(5);
            await store().append(stream, -1, events.slice(0, 2));
            const { revision, position } = await store().append(stream, 1, events.slice(2));
            const read = await store().readStream(stream);
            expect(idsOf(read)).toEqual(idsOf(events));
            expect(read.map((event)=>event.revision)).toEqual([
                0,
                1,
                2,
                3,
                4
            ]);
            expect([
                revision,
                position
            ]).toEqual([
                4,
                read.at(-1)?.position
            ]);
        });
        test('events of several streams have one order, that of their appends', async ()=>{
            const category = uniqueName('global');
            const start = await store().head();
            const positions = [];
            for (const n of [
                0,
                1,
                2,
                3
            ])positions.push((await store().append(`${category}-${n % 2}`, n < 2 ? -1 : 0, [
                newEvent({
                    n
                })
            ])).position);
            expect(positions).toEqual(positions.toSorted((a, b)=>a - b));
            expect(new Set(positions).size).toBe(4);
            const all = await store().readAll(start, 100, {
                prefixes: [
                    category
                ]
            });
            expect(all.map((event)=>event.position)).toEqual(positions);
        });
        test('an append with an event over the limit stores none of its events', async ()=>{
            const stream = uniqueName('whole');
            const code = await failureCode(store().append(stream, -1, [
                newEvent(),
                eventOfBytes(MAX_EVENT_BYTES + 1)
            ]));
            expect(code).toBe('event_too_large');
            expect(await store().readStream(stream)).toEqual([]);
        });
        test('an append without events, or with an impossible expectation, is a defect', async ()=>{
            await expect(store().append(uniqueName('none'), -1, [])).rejects.toThrow(TypeError);
            await expect(store().append(uniqueName('none'), -2, [
                newEvent()
            ])).rejects.toThrow(TypeError);
        });
        test('1,500 events in one append are all there', async ()=>{
            const stream = uniqueName('big');
            const events = newEvents(1_500);
            expect((await store().append(stream, -1, events)).revision).toBe(1_499);
            expect(idsOf(await store().readStream(stream))).toEqual(idsOf(events));
        });
    });
}
export function conflictContract(store) {
    describe('expected revision', ()=>{
        test.each([
            -1,
            0,
            2,
            7
        ])('a stream at revision 1 refuses an append that expects %i', async (expected)=>{
            const stream = uniqueName('conflict');
            await store().append(stream, -1, newEvents(2));
            const failure = await store().append(stream, expected, [
                newEvent()
            ]).catch((error)=>error);
            expect(isEventStoreError(failure, 'wrong_expected_revision')).toBe(true);
            expect(failure).toMatchObject({
                details: {
                    stream,
                    expected,
                    actual: 1
                }
            });
            expect(await store().readStream(stream)).toHaveLength(2);
        });
        test('a stream that does not exist refuses an append that expects an event', async ()=>{
            expect(await failureCode(store().append(uniqueName('absent'), 0, [
                newEvent()
            ]))).toBe('wrong_expected_revision');
        });
        test('of twenty appends at once to one stream exactly one wins', async ()=>{
            const stream = uniqueName('race');
            const codes = await Promise.all(Array.from({
                length: 20
            }, ()=>failureCode(store().append(stream, -1, [
                    newEvent()
                ]))));
            expect(codes.toSorted().filter((code)=>code === 'none')).toHaveLength(1);
            expect(codes.filter((code)=>code === 'wrong_expected_revision')).toHaveLength(19);
            expect(await store().readStream(stream)).toHaveLength(1);
        });
    });
    describe('the same append again', ()=>{
        test('right away, it is answered like the first time and stores nothing', async ()=>{
            const stream = uniqueName('again');
            const events = newEvents(3);
            const first = await store().append(stream, -1, events);
            expect(await store().append(stream, -1, events)).toEqual(first);
            expect(await store().readStream(stream)).toHaveLength(3);
        });
        test('while the first is under way, both get the same answer', async ()=>{
            const stream = uniqueName('twice');
            const events = newEvents(2);
            const [first, second] = await Promise.all([
                store().append(stream, -1, events),
                store().append(stream, -1, events)
            ]);
            expect(second).toEqual(first);
            expect(await store().readStream(stream)).toHaveLength(2);
        });
        test('after others were appended, it is still answered like the first time', async ()=>{
            const stream = uniqueName('late');
            await store().append(stream, -1, newEvents(1));
            const events = newEvents(2);
            const first = await store().append(stream, 0, events);
            await store().append(stream, 2, newEvents(2));
            expect(await store().append(stream, 0, events)).toEqual(first);
            expect(await store().readStream(stream)).toHaveLength(5);
        });
        test('with other events among its own, it is a conflict', async ()=>{
            const stream = uniqueName('overlap');
            const [a, b] = [
                newEvent(),
                newEvent()
            ];
            await store().append(stream, -1, [
                a,
                b
            ]);
            expect(await failureCode(store().append(stream, -1, [
                a,
                newEvent()
            ]))).toBe('wrong_expected_revision');
            expect(await failureCode(store().append(stream, -1, [
                b
            ]))).toBe('wrong_expected_revision');
            expect(await failureCode(store().append(stream, -1, [
                a,
                b,
                newEvent()
            ]))).toBe('wrong_expected_revision');
            expect(await store().readStream(stream)).toHaveLength(2);
        });
    });
}

//# sourceMappingURL=append-contract.js.map