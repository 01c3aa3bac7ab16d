export const error = (kind, code, field, message, details)=>({
        severity: 'error',
        kind,
        code,
        field,
        message,
        ...details === undefined ? {} : {
            details
        }
    });
export const warning = (...about)=>({
        ...error(...about),
        severity: 'warning'
    });

//# sourceMappingURL=finding.js.map