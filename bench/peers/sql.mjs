// One connection to the PostgreSQL under comparison, beside those of the contender.
import pg from 'pg';

export async function connect(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return { rows: async (text) => (await client.query(text)).rows, close: () => client.end() };
}
