// One contender in a process of its own: node child.mjs CONTENDER OPTIONS. Calls come over IPC, one answer each. What was
// compiled is kept between starts, for each of them, as our own entries keep it.
import { keepCompiledCode } from '../../dist/apps/compiled-code.js';

keepCompiledCode();
const [contender, options] = process.argv.slice(2);

// Sent in pieces when long: whoever waits for the callback knows that the last piece has left.
const send = (message) => new Promise((resolve) => process.send(message, resolve));

process.on('disconnect', () => process.exit(0));
const { open } = await import(`./${contender}.mjs`);
const methods = await open(JSON.parse(options));
process.on('message', async ({ id, method, argument }) => {
  try {
    await send({ id, value: await methods[method](argument) });
  } catch (error) {
    await send({ id, error: error.stack ?? String(error) });
  }
  if (method === 'close') process.exit(0);
});
await send({ ready: true });
