import { expect, test } from '@jest/globals';
import { merchantOf } from './merchants.js';

test.each<[string | null, string, string]>([
  ['Netflix', 'NETFLIX.COM', 'netflix'],
  [null, 'PAYPAL *NETFLIX', 'netflix'],
  ['Spotify', 'Spotify P1234', 'spotify'],
  ['OpenAI', 'OPENAI *CHATGPT SUBSCR', 'chatgpt'],
  [null, 'CHATGPT SUBSCRIPTION', 'chatgpt'],
  ['Amazon Prime', 'AMAZON PRIME*2H4', 'amazon_prime'],
  [null, 'Amzn Prime DE', 'amazon_prime'],
  ['Amazon', 'AMZN Mktp DE*123', 'bank:amazon'],
  ['Amazon', 'Amazon Prime Video*X1', 'bank:amazon'],
  ['Amazon Prime Video', 'PRIME VIDEO', 'bank:amazon-prime-video'],
  [null, 'Fußball-Verein 1903 e.V.', 'bank:fußball-verein-e-v'],
  [null, 'Café Müller', 'bank:cafe-muller'],
  [null, '4711', 'bank:unknown'],
  [null, '', 'bank:unknown'],
])('a merchant %p written %p: is %s', (merchant_name, text, provider) => {
  expect(merchantOf({ merchant_name, text }, []).provider).toBe(provider);
});

test("a merchant in the operator's own rules: theirs, before the table", () => {
  const rules = [{ contains: 'NETFLIX-KIDS', provider: 'kids_tv' }];
  expect(merchantOf({ merchant_name: null, text: 'netflix kids' }, rules).provider).toBe('kids_tv');
});
