import { describe, expect, test } from '@jest/globals';
import { webhookUrl } from './webhooks.js';

/** Forms in which an address may be written that is not on the public internet. */
const privateHosts: readonly string[] = [
  '127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 127.255.255.254 127.000.000.001',
  '0 0.0.0.0 0x0 00 0x7F.1 １２７.0.0.1 127。0。0。1',
  '169.254.169.254 0xa9fea9fe 2852039166 0251.0376.0251.0376 169.254.0.1 169.254.255.255',
  '[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [0:0:0:0:0:0:0:1] [::ffff:10.0.0.1] [::ffff:a9fe:a9fe]',
  '[64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [64:ff9b::a9fe:a9fe] [2002:7f00:1::] [2002:a9fe:a9fe::] [2001:0:7f00:1::]',
  '[2001:db8::1] [fe80::1] [fc00::1] [fd12:3456::1] [ff02::1] [fec0::1] [100::1] [3fff::1] [5f00::1]',
  '192.0.0.1 192.0.2.1 198.51.100.1 203.0.113.1 192.88.99.1',
  ...'10 172.16 172.31 192.168 100.64 100.127 198.18 198.19 0 240 255 224 239'.split(' ').map(ends),
].flatMap((hosts) => hosts.split(' '));

/** Addresses at the ends of a net and amid it. */
function ends(net: string): string {
  const parts = net.split('.');
  const amid = (filling: string): string[] => Array<string>(3 - parts.length).fill(filling);
  return ['0', '1', '7', '127', '254', '255']
    .flatMap((end) => ['0', '255'].map((filling) => [...parts, ...amid(filling), end].join('.')))
    .join(' ');
}

describe('an address that is not on the public internet', () => {
  test(`is refused in any of ${privateHosts.length} forms`, () => {
    expect(privateHosts.length).toBeGreaterThanOrEqual(200);
    for (const host of privateHosts)
      expect(() => webhookUrl(`https://${host}/hook`, false)).toThrow(/not on the public internet/);
  });

  test.each([
    ['localhost', 'LOCALHOST', 'ＬＯＣＡＬＨＯＳＴ', 'localhost.', 'app.localhost', 'a.b.localhost.'],
    ['intranet', 'intranet.', 'kubernetes', 'com'],
    ['printer.local', 'printer.local.', 'metadata.google.internal', 'db.INTERNAL', 'router.home.arpa'],
    ['a.test', 'a.invalid', 'a.onion', 'a.alt'],
  ])('is refused by a name that the public internet does not have: %s', (...names) => {
    for (const name of names)
      expect(() => webhookUrl(`https://${name}/hook`, false)).toThrow(/not on the public internet/);
  });

  test.each([
    'example.com',
    'example.com.',
    'local.example.com',
    'internal.com',
    'xn--bcher-kva.example.org',
  ])('is not meant by %s', (name) => {
    expect(webhookUrl(`https://${name}/hook`, false).hostname).toBe(name);
  });

  test('is meant by localhost where an operator lets webhooks go there, and by no other name', () => {
    expect(webhookUrl('http://localhost:1/hook', true).host).toBe('localhost:1');
    expect(() => webhookUrl('https://app.localhost/hook', true)).toThrow(/not on the public internet/);
    expect(() => webhookUrl('https://intranet/hook', true)).toThrow(/not on the public internet/);
  });

  test.each([
    ['ftp://example.com/', /https/],
    ['http://example.com/', /https/],
    ['file:///etc/passwd', /https/],
    ['https://user:secret@example.com/', /user or password/],
    ['//example.com', /not a URL/],
    ['http://127.0.0.1/', /https/],
  ])('or no address of a webhook at all, as %s, is refused in words', (url, why) => {
    expect(() => webhookUrl(url, false)).toThrow(why);
  });
});
