import { checkInput } from '#lib/contracts/api';
import { RequestRejected } from './rejection.js';
/**
 * What a caller gave, in the form that it is worked with. `named`: the argument's name, where it is not an object of
 * named fields. @throws {RequestRejected} `invalid_request`, with the first wrong `field`; all are in `details.errors`.
 */ export function parse(schema, value, named) {
    const checked = checkInput(schema, value, named);
    if (checked.ok) return checked.value;
    const { errors, told } = checked;
    const field = errors.find((error)=>error.field !== '')?.field;
    throw new RequestRejected({
        reason: 'invalid_request',
        message: `the request ${told}`,
        ...field === undefined ? {} : {
            field
        },
        details: {
            errors
        }
    });
}

//# sourceMappingURL=parse.js.map