import { isEventStoreError } from '../port/index.js';
export const failureCode = async (work)=>{
    try {
        await work;
        return 'none';
    } catch (error) {
        return isEventStoreError(error) ? error.code : 'foreign';
    }
};

//# sourceMappingURL=failure-code.js.map