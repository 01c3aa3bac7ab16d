export function libfaketime(): string;
