import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { inherited } from './surroundings.js';
import { openBank, openOpenai, openSpotify, writeExports, ADMIN_KEY } from './world.js';
async function freePort() {
    const server = createServer();
    await new Promise((resolve)=>server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve)=>server.close(resolve));
    return typeof address === 'object' && address !== null ? address.port : 0;
}
function startNode(app, settings) {
    const main = fileURLToPath(new URL(`../${app}/main.js`, import.meta.url));
    const child = spawn(process.execPath, [
        '--enable-source-maps',
        main
    ], {
        // The channel ends with this process, however it ends, and the service with the channel.
        stdio: [
            'ignore',
            'ignore',
            'pipe',
            'ipc'
        ],
        env: {
            ...inherited(process.env),
            SYNCOPATE_LEASE_SECONDS: '5',
            SYNCOPATE_ALLOW_LOOPBACK_PROVIDERS: 'true',
            SYNCOPATE_SPOTIFY_CLIENT_ID: 'demo-client',
            ...settings
        }
    });
    child.stderr?.on('data', (text)=>process.env['DEMO_LOG'] !== undefined && process.stderr.write(text));
    return child;
}
/** One process on the embedded default, or, where `npm run cluster` has set servers up, two schedulers and two executors. */ function startNodes(dataFolder, port, providers) {
    const { CLUSTER_NATS: nats, CLUSTER_EVENTSTORE: eventStore } = process.env;
    const scheduler = (more)=>startNode('scheduler', {
            ...providers,
            SYNCOPATE_HOST: '127.0.0.1',
            SYNCOPATE_ALLOW_SHORT_INTERVALS: 'true',
            ...more
        });
    if (nats === undefined || eventStore === undefined) return [
        scheduler({
            SYNCOPATE_DATA: dataFolder,
            SYNCOPATE_PORT: String(port)
        })
    ];
    const shared = {
        ...providers,
        SYNCOPATE_NATS_URL: nats
    };
    const sharing = {
        ...shared,
        SYNCOPATE_EVENTSTORE_URL: eventStore,
        // Shorter than the lease of an attempt, which is short here too.
        SYNCOPATE_TAKEOVER_SECONDS: '3',
        SYNCOPATE_VAULT_KEYS: randomBytes(32).toString('base64')
    };
    return [
        scheduler({
            ...sharing,
            SYNCOPATE_NODE: 's1',
            SYNCOPATE_DATA: dataFolder,
            SYNCOPATE_PORT: String(port)
        }),
        scheduler({
            ...sharing,
            SYNCOPATE_NODE: 's2',
            SYNCOPATE_DATA: join(dataFolder, 's2'),
            SYNCOPATE_PORT: '0'
        }),
        // On one machine they read uploads where the first scheduler puts them.
        startNode('executor', {
            ...shared,
            SYNCOPATE_NODE: 'e1',
            SYNCOPATE_DATA: dataFolder
        }),
        startNode('executor', {
            ...shared,
            SYNCOPATE_NODE: 'e2',
            SYNCOPATE_DATA: dataFolder
        })
    ];
}
async function untilReady(url, child) {
    for(let tries = 0; tries < 300; tries += 1){
        if (child.exitCode !== null) throw new Error(`the service ended with code ${child.exitCode}; run again with DEMO_LOG=1 to see why`);
        const ready = await fetch(`${url}/readyz`).then((response)=>response.ok, ()=>false);
        if (ready) return;
        await new Promise((resolve)=>setTimeout(resolve, 100));
    }
    throw new Error('the service was not ready within 30 seconds');
}
function ended(child) {
    if (child.exitCode !== null) return Promise.resolve();
    const exit = new Promise((resolve)=>child.once('exit', resolve));
    child.kill('SIGTERM');
    return exit;
}
export async function setStage(dataFolder) {
    writeExports(dataFolder);
    const { spotify, grants } = await openSpotify();
    const openai = await openOpenai();
    const { plaid, keys: bank } = await openBank();
    const { accounts, api } = spotify.baseUrls['spotify.webapi'];
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const nodes = startNodes(dataFolder, port, {
        SYNCOPATE_SPOTIFY_ACCOUNTS_URL: accounts,
        SYNCOPATE_SPOTIFY_API_URL: api,
        SYNCOPATE_OPENAI_API_URL: openai.baseUrls['openai.org_costs'].api,
        SYNCOPATE_PLAID_URL: plaid.baseUrls['bank.plaid'].sandbox
    });
    await untilReady(url, nodes[0]);
    const stop = async ()=>{
        await Promise.all(nodes.map(ended));
        await Promise.all([
            spotify.close(),
            openai.close(),
            plaid.close()
        ]);
    };
    const secrets = {
        openai: {
            admin_key: ADMIN_KEY
        },
        bank
    };
    return {
        url,
        spotify,
        grants,
        secrets,
        stop
    };
}

//# sourceMappingURL=stage.js.map