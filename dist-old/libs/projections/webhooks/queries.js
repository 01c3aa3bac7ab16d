import { codecOf } from '../store/codec.js';
import { Conditions, limitOf, pageOf, placeOf } from '../store/paging.js';
import { selectList } from '../store/table.js';
import { deliveryTable, webhookTable } from './table.js';
const selectWebhooks = `SELECT ${selectList(webhookTable)} FROM webhooks`;
const selectDeliveries = `SELECT ${selectList(deliveryTable)} FROM webhook_deliveries`;
export function webhookQueries(db) {
    const webhook = codecOf(webhookTable);
    const delivery = codecOf(deliveryTable);
    return {
        /** Those that were not deleted, the newest first. */ webhooks (tenant, paging = {}) {
            const where = new Conditions().equal('tenant', tenant).and("status <> 'deleted'");
            if (paging.cursor !== undefined) where.and('(created_at, id) < (?, ?)', ...placeOf('webhooks', paging.cursor));
            const limit = limitOf(paging);
            const found = db.prepare(`${selectWebhooks} WHERE ${where.sql} ORDER BY created_at DESC, id DESC LIMIT ?`).all(...where.values, limit + 1);
            return pageOf('webhooks', found.map(webhook.decode), limit, ({ createdAt, id })=>[
                    createdAt,
                    id
                ]);
        },
        webhook (tenant, id) {
            const found = db.prepare(`${selectWebhooks} WHERE id = ? AND tenant = ? AND status <> 'deleted'`).get(id, tenant);
            return found === undefined ? undefined : webhook.decode(found);
        },
        webhookCount (tenant) {
            const sql = "SELECT count(*) AS count FROM webhooks WHERE tenant = ? AND status <> 'deleted'";
            return Number(db.prepare(sql).get(tenant)?.['count'] ?? 0);
        },
        /** Ids and tenants of all that exist, of all tenants: what delivering starts from. */ endpoints () {
            const found = db.prepare("SELECT id, tenant FROM webhooks WHERE status <> 'deleted' ORDER BY id").all();
            return found.map(({ id, tenant })=>({
                    id: String(id),
                    tenant: String(tenant)
                }));
        },
        /** How all endpoints fare, of all tenants. */ webhookHealth () {
            const found = db.prepare(`SELECT count(*) FILTER (WHERE status = 'active' AND failures_in_a_row > 0) AS failing,
           count(*) FILTER (WHERE status = 'disabled') AS disabled, total(pending) AS pending
           FROM webhooks WHERE status <> 'deleted'`).get();
            const [failing = 0, disabled = 0, pending = 0] = [
                'failing',
                'disabled',
                'pending'
            ].map((name)=>Number(found?.[name] ?? 0));
            return {
                failing,
                disabled,
                pending
            };
        },
        /** What became of the deliveries to one endpoint, the newest event first. */ deliveries (id, status, paging = {}) {
            const where = new Conditions().equal('webhook', id).equal('status', status);
            // The index of those that were not delivered is asked only where the condition says that they are not.
            if (status !== undefined && status !== 'delivered') where.and("status <> 'delivered'");
            if (paging.cursor !== undefined) where.and('position < ?', placeOf('deliveries', paging.cursor)[0]);
            const limit = limitOf(paging);
            const found = db.prepare(`${selectDeliveries} WHERE ${where.sql} ORDER BY position DESC LIMIT ?`).all(...where.values, limit + 1);
            return pageOf('deliveries', found.map(delivery.decode), limit, ({ position })=>[
                    position,
                    id
                ]);
        },
        delivery (id, position) {
            const found = db.prepare(`${selectDeliveries} WHERE webhook = ? AND position = ?`).get(id, position);
            return found === undefined ? undefined : delivery.decode(found);
        }
    };
}

//# sourceMappingURL=queries.js.map