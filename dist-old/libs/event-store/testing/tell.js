import { writeSync } from 'node:fs';
/** Written at once, not through a stream that would die with the process; a pipe that is full is tried again. */ export function tell(line) {
    for(let rest = Buffer.from(`${line}\n`); rest.length > 0;){
        try {
            rest = rest.subarray(writeSync(1, rest));
        } catch (error) {
            if (error.code !== 'EAGAIN') throw error;
        }
    }
}

//# sourceMappingURL=tell.js.map