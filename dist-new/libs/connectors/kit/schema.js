/** Says where and how a value differs from its schema, and never what the value was: it may be a person's, or a secret. */ export const issuesOf = (error)=>error.issues.slice(0, 5).map((issue)=>`${issue.path.map(String).join('.') || '(whole)'}: ${issue.message}`).join('; ').slice(0, 300);

//# sourceMappingURL=schema.js.map