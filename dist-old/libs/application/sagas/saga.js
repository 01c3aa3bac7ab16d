/** Whether a saga is shown events of a type. */ export const caresFor = ({ types }, type)=>types?.some((one)=>one === type) ?? true;

//# sourceMappingURL=saga.js.map