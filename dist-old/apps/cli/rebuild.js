import { rebuild as rebuildFiles, readConfiguration } from '#lib/wiring';
import { plainWords } from './words.js';
/**
 * Builds the read model from position 0 beside the live one, compares both at the same position, says what differs,
 * and puts the new one in its place (`--keep`: leaves the old one). The service must be stopped: it holds the log.
 * Exit code 0: equal or nothing to compare with; 3: they differed.
 */ export async function rebuild(words) {
    const read = plainWords(words, {
        flags: [
            'keep'
        ],
        usage: 'rebuild takes: npm run rebuild -- [--keep]\n'
    });
    if (read === undefined) return 2;
    const swap = !read.flags.has('keep');
    const started = performance.now();
    const report = await rebuildFiles(readConfiguration(process.env, {
        listens: false
    }), {
        swap,
        onProgress: (position, head)=>process.stdout.isTTY && process.stdout.write(`\r${position} of ${head}`)
    });
    const seconds = (performance.now() - started) / 1_000;
    const lines = [
        `${report.events} events read and folded in ${(report.loadMs / 1_000).toFixed(2)} s (${Math.round(report.events / Math.max(report.loadMs / 1_000, 0.001))}/s), ${seconds.toFixed(2)} s in all`,
        `rebuilt  ${report.rebuilt.sha256}  at position ${report.rebuilt.position}`,
        ...report.live === undefined ? [
            'live     none to compare with'
        ] : [
            `live     ${report.live.sha256}  at position ${report.live.position}`
        ],
        ...report.parked === 0 ? [] : [
            `${report.parked} events could not be taken and are parked`
        ],
        report.equal === undefined ? '' : report.equal ? 'equal' : 'DIFFERENT:',
        ...report.differences.map((difference)=>`  ${JSON.stringify(difference).slice(0, 2_000)}`),
        report.swapped ? 'the rebuilt read model is in place' : 'the live read model was left in place'
    ];
    process.stdout.write(`\n${lines.filter((line)=>line !== '').join('\n')}\n`);
    return report.equal === false ? 3 : 0;
}

//# sourceMappingURL=rebuild.js.map