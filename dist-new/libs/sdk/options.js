import { z } from 'zod';
import { isRequestKey, REQUEST_KEY_RULE } from '#lib/application/actors';
import { instant, noteBody, pauseBody, removeBody, suspendBody, triggerBody } from '#lib/contracts/api';
/** A moment as callers of the SDK give it; the same bounds as over HTTP. */ export const date = z.date('must be a Date, and a valid one').transform((value)=>value.toISOString()).pipe(instant);
const keyShape = {
    requestKey: z.string().refine(isRequestKey, REQUEST_KEY_RULE).optional()
};
const versionShape = {
    version: z.int().min(1).optional()
};
const noteShape = noteBody.unwrap().shape;
const pauseShape = {
    ...pauseBody.unwrap().shape,
    until: date.optional()
};
/** What callers name besides what it is about. Fields that are not known are refused, with those that are. */ export const requestOptions = z.strictObject(keyShape).prefault({});
export const changeOptions = z.strictObject({
    ...keyShape,
    ...versionShape
}).prefault({});
export const pauseOptions = z.strictObject({
    ...keyShape,
    ...pauseShape
}).prefault({});
export const pauseScheduleOptions = z.strictObject({
    ...keyShape,
    ...versionShape,
    ...pauseShape
}).prefault({});
export const triggerOptions = z.strictObject({
    ...keyShape,
    ...versionShape,
    ...triggerBody.unwrap().shape
}).prefault({});
export const suspendOptions = z.strictObject({
    ...keyShape,
    ...suspendBody.unwrap().shape
}).prefault({});
export const removeOptions = z.strictObject({
    ...keyShape,
    ...removeBody.unwrap().shape
}).prefault({});
export const enableOptions = z.strictObject({
    ...keyShape,
    fromNow: z.boolean().default(false)
}).prefault({});
const orNote = (options)=>z.preprocess((value = {})=>typeof value === 'string' ? {
            note: value
        } : value, options);
/** A note alone, or with the rest of what may be named. */ export const noteOptions = orNote(z.strictObject({
    ...keyShape,
    ...noteShape
}));
export const endOptions = orNote(z.strictObject({
    ...keyShape,
    ...versionShape,
    ...noteShape
}));

//# sourceMappingURL=options.js.map