/** What a route answers, in the words of OpenAPI. */ export const answerHeaders = {
    ETag: {
        description: 'The version, for If-Match of a change',
        schema: {
            type: 'string'
        }
    },
    Location: {
        description: 'Where what was created is',
        schema: {
            type: 'string'
        }
    },
    'Retry-After': {
        description: 'Seconds after which to ask again, where that may help',
        schema: {
            type: 'string'
        }
    },
    'WWW-Authenticate': {
        description: 'Of 401: RFC 6750, section 3',
        schema: {
            type: 'string'
        }
    }
};
const headersOf = (names)=>Object.fromEntries(names.map((name)=>[
            name,
            {
                $ref: `#/components/headers/${name}`
            }
        ]));
const schemaNamed = (name)=>({
        $ref: `#/components/schemas/${name}`
    });
/** Text and streams are told by their type alone. */ const contentOf = ({ answer })=>answer === 'text/event-stream' || answer === 'text/plain' ? {
        [answer]: {}
    } : {
        'application/json': {
            schema: schemaNamed(answer)
        }
    };
const problemOf = (description, ...names)=>({
        description,
        ...names.length === 0 ? {} : {
            headers: headersOf(names)
        },
        content: {
            'application/problem+json': {
                schema: schemaNamed('Problem')
            }
        }
    });
export function responsesOf(route) {
    const { answered, status = 200, method } = route;
    return {
        [status]: {
            description: 'Done',
            ...answered === undefined ? {} : {
                headers: headersOf(answered)
            },
            content: contentOf(route)
        },
        '4XX': problemOf('Refused: something is wrong with the request, or in its way', 'Retry-After', 'WWW-Authenticate'),
        '500': problemOf('A defect; it is logged under an id that is told'),
        '503': problemOf('Unavailable for now', 'Retry-After'),
        ...method === 'get' ? {} : {
            '507': problemOf('Storage is full', 'Retry-After')
        }
    };
}

//# sourceMappingURL=answers.js.map