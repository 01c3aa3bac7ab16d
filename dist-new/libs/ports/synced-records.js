/** A sink that can be read: what the API and the dashboard show of synced data. */ export { };

//# sourceMappingURL=synced-records.js.map