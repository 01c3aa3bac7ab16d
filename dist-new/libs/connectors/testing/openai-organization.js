import { MemoryVault } from '#lib/credentials';
import { openaiOrgCosts } from '../openai-org-costs/index.js';
import { ManualClock } from './bench.js';
import { OpenaiStandIn } from './openai-stand-in.js';
import { opened, owner, shortWaits } from './stand-ins.js';
import { Rig } from './rig.js';
export const KEY = 'sk-admin-canaryAAAAbbbbCCCCdddd7777';
/** Ten days from 11 to 20 November 2026 by default; today is the 20th. */ export async function organization(config = {}, days = 10, pageSize = 180) {
    const clock = new ManualClock();
    const openai = opened(await OpenaiStandIn.start({
        now: ()=>clock.instant,
        pageSize
    }));
    openai.addKey(KEY);
    openai.books.live('2026-11-20', days);
    const vault = new MemoryVault();
    await vault.write(owner, {
        admin_key: KEY
    }, 0);
    const http = {
        baseUrls: openai.baseUrls,
        ...shortWaits
    };
    const settings = {
        since: '2026-11-11',
        ...config
    };
    const rig = new Rig({
        connector: openaiOrgCosts,
        config: settings,
        vault,
        http,
        clock
    });
    const charge = (on)=>rig.sink.of('charges').find((record)=>record.data['occurred_on'] === on)?.data;
    return {
        openai,
        vault,
        rig,
        clock,
        charge
    };
}

//# sourceMappingURL=openai-organization.js.map