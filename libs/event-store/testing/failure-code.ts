import { isEventStoreError, type EventStoreErrorCode } from '../port/index.js';

export const failureCode = async (
  work: Promise<unknown>,
): Promise<EventStoreErrorCode | 'none' | 'foreign'> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return isEventStoreError(error) ? error.code : 'foreign';
  }
};
