import { STATUS_CODES } from 'node:http';
import { problem } from '../api/problem.js';
import { strictHeaders } from './strict-headers.js';
/** What Node's parser could not read never becomes a request: its answer is written to the bare connection. */ function told(error) {
    switch(error.code){
        case 'HPE_HEADER_OVERFLOW':
            return [
                431,
                'headers_too_large',
                'the headers are larger than 16 KiB: send fewer or shorter ones'
            ];
        case 'ERR_HTTP_REQUEST_TIMEOUT':
            return [
                408,
                'request_timeout',
                'the request did not arrive within 30 seconds (of a file: nothing came for a minute)'
            ];
        default:
            return [
                400,
                'invalid_request',
                'this is not HTTP as RFC 9112 has it: send a request line, headers, and a body as long as Content-Length says'
            ];
    }
}
/** In place of a web framework's own words: a problem, as everywhere else. */ export function refuseUnreadable(error, socket) {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
    const [status, code, detail] = told(error);
    const body = JSON.stringify(problem(status, code, detail));
    const head = [
        `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
        'Content-Type: application/problem+json; charset=utf-8',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
        ...Object.entries(strictHeaders).map(([name, value])=>`${name}: ${value}`)
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
/** The same for an address that no route was looked up for. */ export function refuseAddress(error, _request, reply) {
    const answer = error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? problem(414, 'address_too_long', 'a part of the path is longer than 300 characters: no id is') : problem(400, 'invalid_address', 'the path is not a URL path: percent signs start two hex digits of UTF-8');
    void reply.code(answer.status).headers(strictHeaders).type('application/problem+json').send(JSON.stringify(answer));
}

//# sourceMappingURL=unreadable-request.js.map