const among = (wanted, value)=>wanted === undefined || value !== undefined && wanted.includes(value);
export const wantsType = ({ types }, type)=>types === undefined || types.includes(type);
/** Of an event of a type that is wanted. What is not about anybody is not about those who are asked for. */ export const wantsSubject = (filter, subject)=>among(filter.schedules, subject.schedule) && among(filter.users, subject.user) && among(filter.connections, subject.connection) && among(filter.providers, subject.provider);

//# sourceMappingURL=filter.js.map