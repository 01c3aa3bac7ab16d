import { describe, expect, test } from '@jest/globals';
import { MAX_EVENT_BYTES } from '../port/index.js';
import { failureCode } from './failure-code.js';
import { eventOfBytes, largestEvent, newEvent, newEvents, uniqueName } from './test-events.js';
export function contentContract(store) {
    describe('content', ()=>{
        const stored = async (data, type)=>{
            const stream = uniqueName('content');
            await store().append(stream, -1, [
                newEvent(data, type)
            ]);
            return (await store().readStream(stream))[0];
        };
        test.each([
            [
                'empty',
                {}
            ],
            [
                'emoji and combining marks',
                {
                    text: '👩‍👩‍👧 e\u0301 ﷽ 日本'
                }
            ],
            [
                'NUL and control characters',
                {
                    text: 'a\u0000b\u001f\u2028'
                }
            ],
            [
                'lone surrogates',
                {
                    text: 'a\ud800b\udc00'
                }
            ],
            [
                'numbers at the edge, nested',
                {
                    deep: [
                        {
                            n: [
                                Number.MAX_SAFE_INTEGER,
                                -1.5e-300,
                                0
                            ]
                        }
                    ],
                    none: null,
                    yes: true
                }
            ],
            [
                'keys that look odd',
                {
                    '': 1,
                    'a.b': 2,
                    $type: 3,
                    __proto: 4
                }
            ]
        ])('data that is %s comes back as it was', async (_, data)=>{
            expect((await stored(data))?.data).toEqual(data);
        });
        test('an event comes back with its id, type and metadata', async ()=>{
            const stream = uniqueName('whole');
            const event = {
                ...newEvent({
                    n: 1
                }, 'Größe.Geändert'),
                metadata: {
                    ...newEvent().metadata,
                    causation: 'c',
                    wakeAt: null
                }
            };
            const { position } = await store().append(stream, -1, [
                event
            ]);
            expect(await store().readStream(stream)).toEqual([
                {
                    ...event,
                    stream,
                    revision: 0,
                    position
                }
            ]);
        });
        test.each([
            'x',
            '€',
            '😀'
        ])('an event of exactly the limit in %s is stored', async (character)=>{
            const stream = uniqueName('limit');
            const event = largestEvent(character);
            await store().append(stream, -1, [
                event
            ]);
            expect((await store().readStream(stream))[0]?.data).toEqual(event.data);
        });
        test.each([
            'x',
            '€',
            '😀'
        ])('an event one byte over the limit in %s is refused', async (character)=>{
            expect(await failureCode(store().append(uniqueName('limit'), -1, [
                eventOfBytes(MAX_EVENT_BYTES + 1, character)
            ]))).toBe('event_too_large');
        });
        test.each([
            `long-${'n'.repeat(200)}`,
            'sp ace',
            'quo\'te"',
            'per%cent_',
            'naïve-日本-😀',
            'a/b?c#d',
            '--; DROP TABLE events'
        ])('a stream named %s is told from others', async (odd)=>{
            const stream = `${uniqueName('name')}-${odd}`;
            await store().append(stream, -1, newEvents(2));
            expect((await store().readStream(stream)).map((event)=>event.stream)).toEqual([
                stream,
                stream
            ]);
            expect(await store().readStream(`${stream}x`)).toEqual([]);
        });
        test.each([
            '',
            'a\ud800',
            'nul\0'
        ])('a stream or type named %j is refused as a defect', async (odd)=>{
            await expect(store().append(odd, -1, [
                newEvent()
            ])).rejects.toThrow(TypeError);
            await expect(store().append(uniqueName('type'), -1, [
                newEvent({}, odd)
            ])).rejects.toThrow(TypeError);
        });
        test('what a caller changes after the append changes nothing in the store', async ()=>{
            const stream = uniqueName('copy');
            const data = {
                list: [
                    1
                ]
            };
            const appending = store().append(stream, -1, [
                newEvent(data)
            ]);
            data.list.push(2);
            await appending;
            expect((await store().readStream(stream))[0]?.data).toEqual({
                list: [
                    1
                ]
            });
        });
    });
}

//# sourceMappingURL=content-contract.js.map