/** One thing that is wrong with a recurrence (`error`: it is refused), or that its owner should know (`warning`). */ export const error = (code, field, message)=>({
        severity: 'error',
        code,
        field,
        message
    });
export const warning = (code, field, message)=>({
        ...error(code, field, message),
        severity: 'warning'
    });

//# sourceMappingURL=finding.js.map