import type { SyncRecord } from '#lib/ports';
import { parseMoney, type Money, type Row } from '../kit/index.js';
import type { NetflixConfig } from './manifest.js';
import { cell, dateOf, intervalOf } from './values.js';

/** What the newest settled bill says about the subscription of today. */
export type LatestBill = {
  readonly on: string;
  readonly price: Money;
  readonly renewsOn: string | undefined;
  readonly interval: string | undefined;
};

/** The words in the status columns are not documented: they are kept raw, and which of them mean "paid" is a setting. */
export const isSettled = (row: Row, settled: NetflixConfig['settled']): boolean =>
  settled === undefined || settled.values.includes(row[settled.column] ?? '');

/** Undefined for a row without a date or an amount. The key is that of bionic/bionic, which met these files first. */
export function chargeRecord(row: Row): SyncRecord | undefined {
  const occurredOn = dateOf(row['Transaction Date']);
  const gross = parseMoney(row['Gross Sale Amt'] ?? '', row['Currency'] ?? '');
  if (occurredOn === undefined || gross === undefined) return undefined;
  const identity = [
    'Transaction Date',
    'Payment Type',
    'Mop Last 4',
    'Pmt Txn Type',
    'Pmt Status',
    'Final Invoice Result',
  ];
  return {
    stream: 'charges',
    key: identity.map((name) => row[name] ?? '').join('|'),
    data: {
      occurred_on: occurredOn,
      amount_minor: gross.minor,
      currency: gross.currency,
      tax_minor: parseMoney(row['Tax Amt'] ?? '', gross.currency)?.minor ?? null,
      period_start: dateOf(row['Service Period Start Date']) ?? null,
      period_end: dateOf(row['Service Period End Date']) ?? null,
      description: cell(row['Description']),
      status_raw: cell(row['Pmt Status']),
      method: cell(row['Payment Type']),
      method_last4: cell(row['Mop Last 4']),
      txn_type: cell(row['Pmt Txn Type']),
      invoice_result: cell(row['Final Invoice Result']),
      country: cell(row['Country']),
    },
  };
}

/** The later of two bills; one without a positive amount (a refund, a failed attempt) says nothing about the price. */
export function laterBill(latest: LatestBill | undefined, row: Row): LatestBill | undefined {
  const on = dateOf(row['Transaction Date']);
  const price = parseMoney(row['Gross Sale Amt'] ?? '', row['Currency'] ?? '');
  if (on === undefined || price === undefined || price.minor <= 0) return latest;
  if (latest !== undefined && latest.on > on) return latest;
  return {
    on,
    price,
    renewsOn: dateOf(row['Next Billing Date']),
    interval: intervalOf(dateOf(row['Service Period Start Date']), dateOf(row['Service Period End Date'])),
  };
}
