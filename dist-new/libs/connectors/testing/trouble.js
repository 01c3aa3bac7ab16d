const spotifyError = (status, message, more = {})=>({
        error: {
            status,
            message,
            ...more
        }
    });
const plain = {
    'content-type': 'text/plain'
};
/** The troubles that public reports tell of, ready to be scripted. */ export const troubles = {
    rateLimited: (seconds)=>({
            kind: 'status',
            status: 429,
            body: spotifyError(429, 'API rate limit exceeded'),
            headers: {
                'retry-after': String(seconds)
            }
        }),
    /** `Retry-After` as an HTTP date, counted from the answer's own Date. */ rateLimitedUntil: (now, seconds)=>({
            kind: 'status',
            status: 429,
            body: spotifyError(429, 'API rate limit exceeded'),
            headers: {
                date: new Date(now).toUTCString(),
                'retry-after': new Date(now + seconds * 1000).toUTCString()
            }
        }),
    quotaExceeded: ()=>({
            kind: 'status',
            status: 429,
            body: spotifyError(429, 'Too many requests', {
                reason: 'QUOTA_EXCEEDED'
            })
        }),
    unavailable: (status = 503)=>({
            kind: 'status',
            status,
            body: 'upstream connect error',
            headers: plain
        }),
    htmlPage: (status = 502)=>({
            kind: 'status',
            status,
            body: '<!doctype html><title>Bad gateway</title><p>Sorry',
            headers: {
                'content-type': 'text/html'
            }
        }),
    scopeMissing: ()=>({
            kind: 'status',
            status: 403,
            body: 'Insufficient client scope',
            headers: plain
        }),
    notRegistered: ()=>({
            kind: 'status',
            status: 403,
            body: 'User not registered in the Developer Dashboard',
            headers: plain
        }),
    ownerNotPremium: ()=>({
            kind: 'status',
            status: 403,
            body: 'Active premium subscription required for the owner of the app.',
            headers: plain
        }),
    invalidGrant: ()=>({
            kind: 'status',
            status: 400,
            body: {
                error: 'invalid_grant',
                error_description: 'Refresh token revoked'
            }
        }),
    invalidClient: ()=>({
            kind: 'status',
            status: 400,
            body: {
                error: 'invalid_client',
                error_description: 'Invalid client'
            }
        }),
    unauthorized: ()=>({
            kind: 'status',
            status: 401,
            body: spotifyError(401, 'The access token expired')
        })
};
export function make(trouble, response) {
    switch(trouble.kind){
        case 'drop':
            response.destroy();
            return;
        case 'truncate':
            response.writeHead(200, {
                'content-type': 'application/json',
                'content-length': '1000'
            });
            response.write('{"items":[', ()=>response.destroy());
            return;
        case 'broken_json':
            send(response, 200, '{"items":[{"track":', {});
            return;
        case 'stall':
            response.writeHead(200, {
                'content-type': 'application/json'
            });
            response.write('{');
            return;
        case 'status':
            send(response, trouble.status, trouble.body ?? '', trouble.headers ?? {});
    }
}
export function send(response, status, body, headers = {}) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, {
        'content-type': 'application/json',
        ...headers
    });
    response.end(text);
}

//# sourceMappingURL=trouble.js.map