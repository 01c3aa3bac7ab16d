/**
 * Without keys whoever reaches the loopback address is let in, and a browser there takes any web page to it: a form or
 * `fetch` needs no leave for a POST without a body, and a name that the page's owner points at 127.0.0.1 makes the
 * service one of its own. What tells them apart is what browsers say and pages cannot change.
 */ const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
function isLoopback(url) {
    try {
        return LOOPBACK.test(new URL(url).hostname);
    } catch  {
        return false;
    }
}
/** What says that a request comes from a page of elsewhere; undefined for programs, which send none of it, and for pages from here. */ export function foreignPage(headers) {
    const { host, origin } = headers;
    if (host !== undefined && !isLoopback(`http://${host}`)) return `Host: ${host.slice(0, 200)}`;
    if (origin !== undefined && !isLoopback(origin)) return `Origin: ${origin.slice(0, 200)}`;
    // A page from here is cross-site, too, to this machine's other name: its origin tells.
    return origin === undefined && headers['sec-fetch-site'] === 'cross-site' ? 'Sec-Fetch-Site: cross-site' : undefined;
}

//# sourceMappingURL=web-pages.js.map