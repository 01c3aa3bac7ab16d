import { MemoryVault } from '#lib/credentials';
import { bankPlaid } from '../bank-plaid/index.js';
import { opened, owner, shortWaits } from './stand-ins.js';
import { plaidKeys, PlaidStandIn } from './plaid-stand-in.js';
import { Rig } from './rig.js';
export const SYNC = '/transactions/sync';
/** A bank customer with Netflix, a gym and a rent that recur, and with six charges of which three are of those. */ export async function customer(config = {}, pageSize = 500) {
    const plaid = opened(await PlaidStandIn.start({
        pageSize
    }));
    const item = plaid.addItem();
    item.recur('Netflix', 'NETFLIX.COM');
    item.recur('FitWorld Berlin', 'FITWORLD 10023 BERLIN', {
        status: 'EARLY_DETECTION'
    });
    item.recur(null, 'RENT NOVEMBER', {
        personal_finance_category: {
            primary: 'RENT_AND_UTILITIES',
            detailed: 'RENT_AND_UTILITIES_RENT'
        }
    }); // prettier-ignore
    item.pay('Netflix', 'NETFLIX.COM 866-579');
    item.pay(null, 'SUPERMARKET 12', {
        amount: 61.2
    });
    item.pay('FitWorld Berlin', 'FITWORLD 10024 BERLIN', {
        amount: 30
    });
    item.pay(null, 'RENT NOVEMBER', {
        amount: 900
    });
    item.pay(null, 'SPOTIFY P2A41', {
        amount: 11,
        pending: true
    });
    item.pay('Spotify', 'PAYPAL *SPOTIFY', {
        amount: -1.5
    });
    const vault = new MemoryVault();
    await vault.write(owner, {
        ...plaidKeys,
        access_token: item.accessToken
    }, 0);
    const http = {
        baseUrls: plaid.baseUrls,
        ...shortWaits
    };
    return {
        plaid,
        item,
        vault,
        rig: new Rig({
            connector: bankPlaid,
            config,
            vault,
            http
        })
    };
}
export const cursors = (plaid)=>plaid.requests.filter(({ path })=>path === SYNC).map(({ body })=>body['cursor']);
/** When tx_7, tx_8 and tx_9 were paid. */ export const VISITS = {
    tx_7: '2024-12-05',
    tx_8: '2025-11-05',
    tx_9: '2026-10-05'
};
/** A bank customer who paid three times, over two years, what Plaid did not see to recur when it was read. */ export async function cinemaGoer(pageSize = 500) {
    const all = await customer({}, pageSize);
    const visits = Object.values(VISITS).map((date)=>all.item.pay('Cinema Club', 'CINEMA CLUB 4711', {
            date,
            amount: 20
        }));
    await all.rig.run();
    return {
        ...all,
        visits
    };
}
/** What the customer has paid by our books, as `<key> <amount>`. */ export const charges = (rig)=>rig.sink.of('charges').map(({ key, data })=>`${key} ${data['amount_minor']}`).sort();
/** By our books, of the cinema goer: without the visits, and with them. */ export const BEFORE = [
    'tx_1 1299',
    'tx_3 3000',
    'tx_6 -150'
];
export const ALL = [
    ...BEFORE,
    'tx_7 2000',
    'tx_8 2000',
    'tx_9 2000'
];

//# sourceMappingURL=plaid-customer.js.map