/** The connection of every rig. */ export const owner = {
    tenant: 'default',
    connection: 'connection-1'
};
/** So short that an answer which stalls is given up while a spec still waits. */ export const shortWaits = {
    allowLoopback: true,
    headersMs: 300,
    bodyMs: 300,
    totalMs: 2_000
};
const open = [];
/** A stand-in that `closeOpened` ends. */ export function opened(standIn) {
    open.push(standIn);
    return standIn;
}
export async function closeOpened() {
    await Promise.all(open.splice(0).map((standIn)=>standIn.close()));
}

//# sourceMappingURL=stand-ins.js.map