import { describe, expect, test } from '@jest/globals';
const scope = {
    tenant: 'default',
    user: 'user-1',
    connection: 'c1',
    provider: 'spotify',
    connector: 'spotify.webapi'
};
const plan = (data, key = 'account-1')=>({
        stream: 'subscriptions',
        key,
        data
    });
/** What every sink must do. `open` yields an empty one. */ export function sinkContract(name, open) {
    describe(`${name}, as a sink`, ()=>{
        test('the same batch twice: the same rows, told apart as inserted and updated', async ()=>{
            const sink = await open();
            const batch = [
                plan({
                    plan: 'premium'
                }),
                plan({
                    plan: 'free'
                }, 'account-2')
            ];
            expect(await sink.write(scope, batch, 1_000)).toEqual({
                inserted: 2,
                updated: 0
            });
            expect(await sink.write(scope, batch, 2_000)).toEqual({
                inserted: 0,
                updated: 2
            });
            const rows = await sink.subscriptions({
                tenant: 'default'
            });
            expect(rows.map((row)=>[
                    row.key,
                    row.plan,
                    row.firstSeen,
                    row.lastSeen
                ])).toEqual([
                [
                    'account-1',
                    'premium',
                    1_000,
                    2_000
                ],
                [
                    'account-2',
                    'free',
                    1_000,
                    2_000
                ]
            ]);
        });
        test('a known plan: a later null leaves it, a later value replaces it', async ()=>{
            const sink = await open();
            await sink.write(scope, [
                plan({
                    plan: 'premium',
                    price_minor: 1299,
                    currency: 'EUR',
                    auto_renew: true
                })
            ], 1);
            await sink.write(scope, [
                plan({
                    plan: null,
                    price_minor: null,
                    auto_renew: false
                })
            ], 2);
            const [row] = await sink.subscriptions({
                tenant: 'default'
            });
            expect(row).toMatchObject({
                plan: 'premium',
                priceMinor: 1299,
                currency: 'EUR',
                autoRenew: false,
                renewsOn: null
            });
        });
        test('fields without a column, and values of the wrong type: kept in extra and merged', async ()=>{
            const sink = await open();
            await sink.write(scope, [
                plan({
                    family: 'duo',
                    price_minor: 'twelve'
                })
            ], 1);
            await sink.write(scope, [
                plan({
                    family: null,
                    seats: 2
                })
            ], 2);
            const [row] = await sink.subscriptions({
                tenant: 'default'
            });
            expect(row).toMatchObject({
                priceMinor: null,
                extra: {
                    family: 'duo',
                    price_minor: 'twelve',
                    seats: 2
                }
            });
        });
        test('an older truth after a newer one: only fills what is not known', async ()=>{
            const sink = await open();
            await sink.write(scope, [
                plan({
                    plan: 'premium',
                    as_of: '2026-10-03'
                })
            ], 1);
            const older = {
                plan: 'basic',
                status: 'active',
                price_minor: 999,
                seats: 2,
                as_of: '2026-07-03'
            };
            await sink.write(scope, [
                plan(older)
            ], 2);
            const [row] = await sink.subscriptions({
                tenant: 'default'
            });
            expect(row).toMatchObject({
                plan: 'premium',
                status: 'active',
                priceMinor: 999,
                asOf: '2026-10-03'
            });
            expect(row).toMatchObject({
                extra: {
                    seats: 2
                },
                lastSeen: 2
            });
            await sink.write(scope, [
                plan({
                    plan: 'duo',
                    seats: 3,
                    as_of: '2026-10-03'
                })
            ], 3);
            expect(await sink.subscriptions({
                tenant: 'default'
            })).toMatchObject([
                {
                    plan: 'duo',
                    status: 'active',
                    extra: {
                        seats: 3
                    }
                }
            ]);
        });
        test('an empty text: what was known is not so any more; a value that comes is known again', async ()=>{
            const sink = await open();
            await sink.write(scope, [
                plan({
                    ended_on: '2026-07-10',
                    plan: ''
                })
            ], 1);
            await sink.write(scope, [
                plan({
                    ended_on: ''
                })
            ], 2);
            expect(await sink.subscriptions({
                tenant: 'default'
            })).toMatchObject([
                {
                    endedOn: null,
                    plan: null
                }
            ]);
            await sink.write(scope, [
                plan({
                    ended_on: '2026-12-10'
                })
            ], 3);
            expect(await sink.subscriptions({
                tenant: 'default'
            })).toMatchObject([
                {
                    endedOn: '2026-12-10'
                }
            ]);
        });
        const charge = (key, on)=>({
                stream: 'charges',
                key,
                data: {
                    occurred_on: on,
                    amount_minor: 1
                }
            });
        const withdrawal = (before, part = {})=>({
                stream: 'charges',
                withdrawn: {
                    before,
                    ...part
                }
            });
        const keys = async (sink)=>(await sink.charges({
                tenant: 'default',
                connection: 'c1'
            })).map((row)=>row.key).toSorted();
        test('a withdrawal: what was not told of since is gone, of this connection and stream; told again it is back', async ()=>{
            const sink = await open();
            await sink.write(scope, [
                charge('a', '2026-01-01'),
                charge('b', '2026-01-02'),
                plan({})
            ], 10);
            await sink.write({
                ...scope,
                connection: 'c2'
            }, [
                charge('a', '2026-01-01')
            ], 10);
            await sink.write(scope, [
                charge('a', '2026-01-01'),
                withdrawal(20)
            ], 20);
            expect(await keys(sink)).toEqual([
                'a'
            ]);
            expect(await sink.counts({
                tenant: 'default'
            })).toEqual({
                subscriptions: 1,
                charges: 2,
                usage: 0
            });
            // The same once more, and a batch of before that comes late.
            await sink.write(scope, [
                charge('a', '2026-01-01'),
                withdrawal(20)
            ], 20);
            await sink.write(scope, [
                charge('b', '2026-01-02')
            ], 10);
            expect(await keys(sink)).toEqual([
                'a'
            ]);
            await sink.write(scope, [
                charge('b', '2026-01-02')
            ], 30);
            expect(await keys(sink)).toEqual([
                'a',
                'b'
            ]);
        });
        test('a withdrawal of a part: the keys that begin so, and what happened from a day on', async ()=>{
            const sink = await open();
            const told = [
                'day1|a',
                'day1|b',
                'day1',
                'day10|a',
                'day2|a',
                'Day1|a',
                'day1|\u{1F600}'
            ];
            await sink.write(scope, told.map((key)=>charge(key, '2026-01-01')), 10);
            await sink.write(scope, [
                charge('day1|b', '2026-01-01'),
                withdrawal(20, {
                    within: 'day1|'
                })
            ], 20);
            expect(await keys(sink)).toEqual([
                'Day1|a',
                'day1',
                'day10|a',
                'day1|b',
                'day2|a'
            ]);
            await sink.write(scope, [
                charge('old', '2025-12-31')
            ], 20);
            await sink.write(scope, [
                withdrawal(30, {
                    from: '2026-01-01'
                })
            ], 30);
            expect(await keys(sink)).toEqual([
                'old'
            ]);
        });
        test('a subscription that is withdrawn: told of, with since when', async ()=>{
            const sink = await open();
            await sink.write(scope, [
                plan({
                    plan: 'premium'
                })
            ], 10);
            const gone = {
                stream: 'subscriptions',
                withdrawn: {
                    before: 20
                }
            };
            expect(await sink.write(scope, [
                gone
            ], 25)).toEqual({
                inserted: 0,
                updated: 0
            });
            expect(await sink.subscriptions({
                tenant: 'default'
            })).toMatchObject([
                {
                    plan: 'premium',
                    goneSince: 25
                }
            ]);
            await sink.write(scope, [
                plan({})
            ], 30);
            expect(await sink.subscriptions({
                tenant: 'default'
            })).toMatchObject([
                {
                    goneSince: null
                }
            ]);
        });
        test('a value that is none: kept as its text, and everything can still be read', async ()=>{
            const sink = await open();
            const data = {
                foo: {
                    a: 1
                },
                amount_minor: Number.NaN
            };
            await sink.write(scope, [
                {
                    stream: 'charges',
                    key: 'odd',
                    data
                }
            ], 1);
            expect(await sink.charges({
                tenant: 'default'
            })).toMatchObject([
                {
                    amountMinor: null,
                    extra: {
                        foo: '{"a":1}',
                        amount_minor: 'null'
                    }
                }
            ]);
        });
        test('charges in pages: each once, in their order, also those of no day; of a range, those of its days', async ()=>{
            const sink = await open();
            const days = [
                '2026-03-01',
                '2026-03-02',
                '2026-03-02',
                '',
                '2026-02-28',
                '',
                '2026-03-02'
            ];
            const told = days.map((on, n)=>charge(`k${n % 4}`, on));
            await sink.write(scope, told.slice(0, 4), 1);
            await sink.write({
                ...scope,
                connection: 'c2'
            }, told.slice(4), 1);
            const all = await sink.charges({
                tenant: 'default'
            });
            expect(all).toHaveLength(7);
            const paged = [];
            for(let last = all[0]; last !== undefined;){
                const { occurredOn, connection, key } = last;
                paged.push(last);
                const after = {
                    on: occurredOn ?? '',
                    connection,
                    key
                };
                [last] = await sink.charges({
                    tenant: 'default',
                    after,
                    limit: 1
                });
            }
            expect(paged).toEqual(all);
            const range = {
                tenant: 'default',
                from: '2026-03-01',
                to: '2026-03-02'
            };
            expect((await sink.charges(range)).map((row)=>row.occurredOn)).toEqual([
                '2026-03-01'
            ]);
            expect(await sink.charges({
                tenant: 'default',
                from: '2026-03-02'
            })).toHaveLength(3);
            expect(await sink.charges({
                tenant: 'default',
                to: '2026-03-01'
            })).toHaveLength(1);
        });
        test('charges and usage of several owners: filtered, newest first, counted', async ()=>{
            const sink = await open();
            const play = {
                stream: 'usage',
                key: 'p',
                data: {
                    item: 'Song',
                    occurred_at: '2026-01-01T00:00:00Z',
                    amount: 1.5
                }
            };
            await sink.write(scope, [
                charge('a', '2026-01-01'),
                charge('b', '2026-03-01'),
                charge('c', '2026-02-01'),
                play
            ], 1);
            await sink.write({
                ...scope,
                user: 'user-2',
                connection: 'c2',
                provider: 'netflix'
            }, [
                charge('a', '2026-04-01')
            ], 1);
            await sink.write({
                ...scope,
                tenant: 'other'
            }, [
                charge('a', '2026-05-01')
            ], 1);
            const dates = async (filter)=>(await sink.charges({
                    tenant: 'default',
                    ...filter
                })).map((row)=>row.occurredOn);
            expect(await dates({})).toEqual([
                '2026-04-01',
                '2026-03-01',
                '2026-02-01',
                '2026-01-01'
            ]);
            expect(await dates({
                provider: 'netflix'
            })).toEqual([
                '2026-04-01'
            ]);
            expect(await dates({
                user: 'user-1',
                limit: 1
            })).toEqual([
                '2026-03-01'
            ]);
            expect(await sink.usage({
                tenant: 'default',
                connection: 'c1'
            })).toMatchObject([
                {
                    item: 'Song',
                    amount: 1.5
                }
            ]);
            expect(await sink.counts({
                tenant: 'default'
            })).toEqual({
                subscriptions: 0,
                charges: 4,
                usage: 1
            });
            expect(await sink.counts({
                tenant: 'default',
                user: 'user-2'
            })).toEqual({
                subscriptions: 0,
                charges: 1,
                usage: 0
            });
        });
        test('users who have subscriptions: each once, by name, a page at a time', async ()=>{
            const sink = await open();
            const users = [
                'ben',
                'Ann',
                'ann',
                'cem',
                'ben'
            ];
            for (const [n, user] of users.entries())await sink.write({
                ...scope,
                user,
                connection: `c${n}`
            }, [
                plan({
                    plan: 'free'
                })
            ], 1);
            await sink.write({
                ...scope,
                tenant: 'other',
                user: 'dan'
            }, [
                plan({
                    plan: 'free'
                })
            ], 1);
            const tenant = 'default';
            expect(await sink.users({
                tenant,
                limit: 3
            })).toEqual([
                'Ann',
                'ann',
                'ben'
            ]);
            expect(await sink.users({
                tenant,
                after: 'ben',
                limit: 3
            })).toEqual([
                'cem'
            ]);
        });
        test('a connection forgotten: its rows are gone, others stay', async ()=>{
            const sink = await open();
            await sink.write(scope, [
                plan({
                    plan: 'premium'
                })
            ], 1);
            await sink.write({
                ...scope,
                tenant: 'other'
            }, [
                plan({
                    plan: 'premium'
                })
            ], 1);
            expect(await sink.forget('default', 'c1')).toBe(1);
            expect(await sink.counts({
                tenant: 'default'
            })).toEqual({
                subscriptions: 0,
                charges: 0,
                usage: 0
            });
            expect((await sink.counts({
                tenant: 'other'
            })).subscriptions).toBe(1);
        });
        test('a clock that went back: last seen does not', async ()=>{
            const sink = await open();
            await sink.write(scope, [
                plan({
                    plan: 'free'
                })
            ], 2_000.75);
            await sink.write(scope, [
                plan({
                    plan: 'free'
                })
            ], 1_000);
            expect(await sink.subscriptions({
                tenant: 'default'
            })).toMatchObject([
                {
                    firstSeen: 2_000,
                    lastSeen: 2_000
                }
            ]);
        });
    });
}

//# sourceMappingURL=sink-contract.js.map