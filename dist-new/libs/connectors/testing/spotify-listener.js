import { MemoryVault } from '#lib/credentials';
import { spotifyWebapi } from '../spotify-webapi/index.js';
import { ManualClock } from './bench.js';
import { opened, owner, shortWaits } from './stand-ins.js';
import { Rig } from './rig.js';
import { SpotifyStandIn } from './spotify-stand-in.js';
export const PLAYS = '/v1/me/player/recently-played';
export async function listener(rules = {}, product = 'premium', plays = 3) {
    const clock = new ManualClock();
    const spotify = opened(await SpotifyStandIn.start({
        now: ()=>clock.instant,
        ...rules
    }));
    const { refreshToken } = spotify.addUser('demo', product);
    spotify.play('demo', plays);
    const vault = new MemoryVault();
    await vault.write(owner, {
        refresh_token: refreshToken
    }, 0);
    const http = {
        baseUrls: spotify.baseUrls,
        ...shortWaits
    };
    const rig = new Rig({
        connector: spotifyWebapi,
        config: {
            clientId: 'demo-client'
        },
        vault,
        http,
        clock
    });
    return {
        spotify,
        vault,
        rig,
        clock,
        refreshToken
    };
}

//# sourceMappingURL=spotify-listener.js.map