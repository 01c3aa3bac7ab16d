import { Repeats } from './repeats.js';
import { cell, dateOf, moneyOf, plus } from './values.js';
/**
 * `Digital.Orders.Returns`: which order a returned packet was of, and what was given back for the packet, in components as for
 * the order. Only of orders that are ours: the rest is nobody's business.
 */ export class Refunds {
    #orderOfPacket;
    #byOrder;
    #repeats;
    constructor(isOurs, order){
        this.isOurs = isOurs;
        this.order = order;
        this.#orderOfPacket = new Map();
        this.#byOrder = new Map();
        this.#repeats = new Repeats();
    }
    returned(row) {
        const [order, packet] = [
            cell(row['OrderId']),
            cell(row['DeliveryPacketId'])
        ];
        if (order === null) return {
            bad: 'OrderId is blank'
        };
        if (!this.isOurs(order)) return 'nothing';
        if (packet !== null) this.#orderOfPacket.set(packet, order);
        // No reader has this column for certain: what it says is taken where it can be read, and missed by nobody.
        const text = row['ReturnDate'] ?? '';
        const on = /^\d{4}-/.test(text) ? dateOf(text, this.order) ?? null : null;
        const before = this.#byOrder.get(order);
        this.#byOrder.set(order, {
            on: before?.on ?? on,
            money: before?.money ?? null
        });
        return 'nothing';
    }
    component(row, file) {
        const packet = cell(row['DeliveryPacketId']);
        if (packet === null) return {
            bad: 'DeliveryPacketId is blank'
        };
        const order = this.#orderOfPacket.get(packet);
        const refund = order === undefined ? undefined : this.#byOrder.get(order);
        if (order === undefined || refund === undefined) return 'nothing';
        const amount = moneyOf(row['TransactionAmount'], row['BaseCurrencyCode']);
        if (amount === undefined) return {
            bad: 'TransactionAmount is not an amount of money'
        };
        const code = row['MonetaryComponentTypeCode'] ?? row['MonetaryComponentType'];
        if (!this.#repeats.isNew(file, packet, row['DigitalOrderItemId'], code)) return 'nothing';
        const money = plus(refund.money, amount);
        if (money === undefined) return {
            bad: 'one return is given back in two currencies'
        };
        this.#byOrder.set(order, {
            ...refund,
            money
        });
        return 'nothing';
    }
    of(order) {
        return this.#byOrder.get(order);
    }
}

//# sourceMappingURL=refunds.js.map